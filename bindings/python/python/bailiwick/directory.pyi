from os import PathLike
from typing import Final

MAX_FILES: Final = 4096
MAX_FILE_BYTES: Final = 1048576
MAX_TOTAL_BYTES: Final = 33554432

def read_policies(directory: str | PathLike[str]) -> dict[str, str]: ...
