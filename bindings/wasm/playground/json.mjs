// Where JSON text stops being JSON: browsers do not always say.

/** Returns the line and column, from 1, of the first character that cannot stand where it does. */
export function firstError(text) {
  const reader = { text, at: 0 };
  if (value(reader)) eat(reader, SPACE);
  const before = text.slice(0, reader.at).split('\n');
  return { line: before.length, column: before.at(-1).length + 1 };
}

function value(reader) {
  eat(reader, SPACE);
  if (eat(reader, SCALAR)) return true;
  if (eat(reader, /\{/y)) return members(reader, /\}/y, member);
  return eat(reader, /\[/y) && members(reader, /\]/y, value);
}

function members(reader, end, one) {
  eat(reader, SPACE);
  if (eat(reader, end)) return true;
  do {
    if (!one(reader)) return false;
    eat(reader, SPACE);
  } while (eat(reader, /,/y));
  return eat(reader, end);
}

function member(reader) {
  eat(reader, SPACE);
  if (!eat(reader, STRING)) return false;
  eat(reader, SPACE);
  return eat(reader, /:/y) && value(reader);
}

function eat(reader, pattern) {
  pattern.lastIndex = reader.at;
  if (!pattern.test(reader.text)) return false;
  reader.at = pattern.lastIndex;
  return true;
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = new RegExp(
  `${STRING.source}|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null`,
  'y',
);
