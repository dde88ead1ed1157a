"""The one error that this package raises of its own."""

import json


class PolicyError(Exception):
    """An answer that could not be given, with the place in the input where there is one."""

    def __init__(self, code, message, help=None, path=None, line=None, column=None):
        super().__init__(message)
        self.code = code
        self.message = message
        self.help = help
        self.path = path
        self.line = line
        self.column = column

    def __str__(self):
        if self.path is None:
            return self.message
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)
        return f"{place}: {self.message}"

    def __reduce__(self):
        fields = (self.code, self.message, self.help, self.path, self.line, self.column)
        return (type(self), fields)

    @classmethod
    def from_json(cls, text):
        """Returns the error that the native side wrote as JSON text."""
        fields = json.loads(text)
        return cls(*(fields.get(name) for name in cls._FIELDS))

    _FIELDS = ("code", "message", "help", "path", "line", "column")
