//! Values that bash reads once more when it declares an array: `declare -a 'a=($(b))'`.

use crate::facts::shell::state::State;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::is_natural;
use crate::facts::shell::walk::Walk;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// The arrays of bash itself whose names do not start with its own.
const OWN: [&str; 6] = ["COPROC", "DIRSTACK", "FUNCNAME", "GROUPS", "MAPFILE", "PIPESTATUS"];

impl Walk {
    /// Returns true where a value that is declared is, or may be, the text of an array, and reads
    /// what is expanded in it.
    pub(crate) fn declared_again(
        &mut self,
        state: &State,
        name: &str,
        value: &[Piece],
        array: bool,
    ) -> bool {
        if is_natural(value) {
            return false;
        }
        let word = Word { pieces: value.to_vec() };
        let start = word.known_start();
        if let Some(texts) = word.choices() {
            let mut found = false;
            for text in texts {
                let text = text.trim();
                if text.starts_with('(') && text.ends_with(')') {
                    found = true;
                    self.array_text(state, name, text);
                }
            }
            return found;
        }
        let may_be = (start.is_empty() || start.trim_start().starts_with('('))
            && (array || self.may_be_array(state, name));
        if may_be {
            self.dynamic("an array is declared with a value that is known only at run time");
        }
        may_be
    }

    fn array_text(&mut self, state: &State, name: &str, text: &str) {
        // Words alone are only split, and are patterns.
        if !text.contains(['$', '`', '[', '<', '>']) {
            return;
        }
        self.dynamic("the value of an array is expanded once more");
        if self.depth > 48 {
            return;
        }
        self.spend(text.len());
        let mut inner = state.clone();
        inner.conditions += 1;
        self.depth += 1;
        self.script_text(&mut inner, &[name, "=", text].concat());
        self.depth -= 1;
    }

    fn may_be_array(&self, state: &State, name: &str) -> bool {
        let now = state.own(name).is_some_and(|value| matches!(*value, Value::Array(_)));
        now || self.arrays.contains(name) || name.starts_with("BASH_") || OWN.contains(&name)
    }
}
