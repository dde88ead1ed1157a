//! What a shell knows at one place of a script: variables, arguments and where it is.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::rc::Rc;

use crate::facts::shell::limits::MOST_WAYS;
use crate::facts::shell::value::HERE;
use crate::facts::shell::value::HOME;
use crate::facts::shell::value::Value;
use crate::facts::shell::value::natural;
use crate::facts::shell::value::outer;
use crate::facts::shell::value::unknown;
use crate::facts::word::Piece;
use crate::facts::word::Word;

/// What a shell knows at one place of a script. Copies are cheap.
#[derive(Clone, Debug)]
pub(crate) struct State {
    variables: Rc<BTreeMap<Rc<str>, Rc<Value>>>,
    /// `$1` and those behind it; none where they are not known.
    pub(crate) arguments: Option<Rc<Vec<Word>>>,
    /// `$0`.
    pub(crate) zero: Option<Rc<Word>>,
    /// The working directories that it may be in, by number.
    pub(crate) folders: Rc<Vec<usize>>,
    /// The working directories where the command before has failed, if those are others.
    pub(crate) otherwise: Option<Rc<Vec<usize>>>,
    /// Any variable may have been set to anything.
    pub(crate) anything: bool,
    /// The script does not come here any more.
    pub(crate) dead: bool,
    /// How many conditions the script has gone through to come here.
    pub(crate) conditions: usize,
}

impl State {
    /// Returns what is known at the start.
    pub(crate) fn new(arguments: Option<&[Word]>) -> Self {
        let zero = arguments.and_then(<[Word]>::first).cloned().map(Rc::new);
        let arguments = arguments.map(|words| Rc::new(words.get(1..).unwrap_or_default().to_vec()));
        Self {
            variables: Rc::default(),
            arguments,
            zero,
            folders: Rc::new(vec![0]),
            otherwise: None,
            anything: false,
            dead: false,
            conditions: 0,
        }
    }

    /// Returns what a variable may hold.
    pub(crate) fn value(&self, name: &str) -> Rc<Value> {
        match self.variables.get(name) {
            Some(value) => Rc::clone(value),
            None => Rc::new(self.outer(name)),
        }
    }

    /// Returns true where the script itself has given the variable its value.
    pub(crate) fn is_set(&self, name: &str) -> bool {
        self.variables.contains_key(name)
    }

    /// Returns what a variable may hold that the script has not set.
    fn outer(&self, name: &str) -> Value {
        let doubt = vec![outer(name)];
        if self.anything {
            return Value::Scalar(vec![doubt]);
        }
        match name {
            "HOME" => Value::text(HOME.encode_utf8(&mut [0; 4])),
            "PWD" => Value::text(HERE.encode_utf8(&mut [0; 4])),
            "IFS" => Value::text(" \t\n"),
            "EUID" | "LINENO" | "PPID" | "RANDOM" | "SECONDS" | "UID" => {
                Value::Scalar(vec![vec![natural()]])
            }
            // Whatever it is, it is a shell.
            "SHELL" | "BASH" => Value::Scalar(vec![
                vec![Piece::Text("/bin/bash".to_owned())],
                vec![Piece::Text("/bin/zsh".to_owned())],
                doubt,
            ]),
            // Names in small letters are hardly ever in the environment, so that they are empty.
            _ if !name.contains(|c: char| c.is_ascii_uppercase()) => {
                Value::Scalar(vec![doubt, Vec::new()])
            }
            _ => Value::Scalar(vec![doubt]),
        }
    }

    /// Sets a variable.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        Rc::make_mut(&mut self.variables).insert(name.into(), Rc::new(value));
    }

    /// Returns what the script has set a variable to.
    pub(crate) fn own(&self, name: &str) -> Option<Rc<Value>> {
        self.variables.get(name).cloned()
    }

    /// Sets a variable back to what the script had set it to.
    pub(crate) fn restore(&mut self, name: &str, value: Option<Rc<Value>>) {
        let variables = Rc::make_mut(&mut self.variables);
        match value {
            Some(value) => variables.insert(name.into(), value),
            None => variables.remove(name),
        };
    }

    /// Takes both ways out of the command before as one.
    pub(crate) fn settle(&mut self) {
        if let Some(others) = self.otherwise.take() {
            self.add_folders(&others);
        }
    }

    /// Adds working directories that it may be in too.
    pub(crate) fn add_folders(&mut self, others: &[usize]) {
        let folders = Rc::make_mut(&mut self.folders);
        for folder in others {
            if !folders.contains(folder) {
                folders.push(*folder);
            }
        }
    }

    /// Forgets what a variable holds, given what the script had set it to before: it may be that,
    /// or what the environment has given it.
    pub(crate) fn unsure(&mut self, name: &str, before: Option<Rc<Value>>, reason: &str) {
        let from_outside = before.is_none_or(|before| before.is_outer());
        let piece = if from_outside { outer(name) } else { unknown(reason) };
        self.set(name, Value::Scalar(vec![vec![piece]]));
    }

    /// Forgets what the variables hold.
    pub(crate) fn forget(&mut self, names: &BTreeSet<String>) {
        for name in names {
            self.unsure(name, self.own(name), "a variable that is set on some way");
        }
    }

    /// Forgets what everything holds, but not what the script has set.
    pub(crate) fn forget_values(&mut self) {
        let names: BTreeSet<String> =
            self.variables.keys().map(|name| (**name).to_owned()).collect();
        self.forget(&names);
        self.anything = true;
        self.arguments = None;
    }

    /// Forgets everything that a script may change.
    pub(crate) fn forget_all(&mut self) {
        self.variables = Rc::default();
        self.anything = true;
        self.arguments = None;
    }

    /// Forgets what was relative to the folder before.
    pub(crate) fn moved(&mut self) {
        let names: Vec<Rc<str>> = self
            .variables
            .iter()
            .filter(|(_, value)| value.holds_here())
            .map(|(name, _)| name.clone())
            .collect();
        for name in names {
            self.set(&name, Value::unknown("a path from another working directory"));
        }
        if self.is_set("PWD") {
            self.set("PWD", Value::text(HERE.encode_utf8(&mut [0; 4])));
        }
        self.set("OLDPWD", Value::unknown("the working directory before"));
    }

    /// Returns true where nothing was set since the copy was taken.
    pub(crate) fn is_same(&self, copy: &Self) -> bool {
        Rc::ptr_eq(&self.variables, &copy.variables)
    }

    /// Returns how much a copy that is changed takes.
    pub(crate) fn size(&self) -> usize {
        self.variables.len() / 8 + 1
    }

    /// Takes in what is known on another way to the same place.
    pub(crate) fn or(&mut self, other: &Self) {
        if other.dead {
            return;
        }
        if self.dead {
            let conditions = self.conditions;
            *self = other.clone();
            self.conditions = conditions;
            return;
        }
        self.anything |= other.anything;
        if !Rc::ptr_eq(&self.variables, &other.variables) {
            self.or_variables(other);
        }
        if self.arguments != other.arguments {
            self.arguments = None;
        }
        self.settle();
        if self.folders != other.folders {
            self.add_folders(&other.folders);
        }
        if let Some(others) = &other.otherwise {
            self.add_folders(others);
        }
    }

    fn or_variables(&mut self, other: &Self) {
        let mut changed: Vec<(Rc<str>, Rc<Value>)> = Vec::new();
        let mut theirs = other.variables.iter().peekable();
        let mut either = |name: &Rc<str>, first: Rc<Value>, second: Rc<Value>| {
            changed.push((Rc::clone(name), Rc::new(first.or(&second, MOST_WAYS))));
        };
        for (name, value) in self.variables.iter() {
            while let Some((only, theirs)) = theirs.next_if(|(theirs, _)| *theirs < name) {
                either(only, Rc::new(self.outer(only)), Rc::clone(theirs));
            }
            match theirs.next_if(|(theirs, _)| *theirs == name) {
                Some((_, same)) if Rc::ptr_eq(value, same) => {}
                Some((_, second)) => either(name, Rc::clone(value), Rc::clone(second)),
                None => either(name, Rc::clone(value), Rc::new(other.outer(name))),
            }
        }
        for (only, theirs) in theirs {
            either(only, Rc::new(self.outer(only)), Rc::clone(theirs));
        }
        if !changed.is_empty() {
            Rc::make_mut(&mut self.variables).extend(changed);
        }
    }

    /// Returns how many variables are followed.
    pub(crate) fn count(&self) -> usize {
        self.variables.len()
    }
}
