//! The syntax tree of a script.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::facts::shell::script::RedirectionMode;

/// Lists of commands joined by `;`, `&` and line ends.
#[derive(Debug, Default)]
pub(crate) struct List {
    pub(crate) items: Vec<AndOr>,
}

/// Pipelines joined by `&&` and `||`.
#[derive(Debug)]
pub(crate) struct AndOr {
    pub(crate) first: Pipeline,
    pub(crate) rest: Vec<(Joint, Pipeline)>,
    pub(crate) background: bool,
}

/// What joins a pipeline to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joint {
    And,
    Or,
}

/// Commands joined by `|`.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(crate) stages: Vec<Command>,
    /// `!` stands in front of it.
    pub(crate) negated: bool,
}

/// One command, simple or compound.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) kind: Kind,
    /// The redirections, of a simple command in the order that they stand among the words.
    pub(crate) redirections: Vec<Redirect>,
}

/// What a command is.
#[derive(Debug)]
pub(crate) enum Kind {
    Arithmetic(Parts),
    Case { subject: Parts, arms: Vec<Arm> },
    Conditional(Vec<Test>),
    Coproc { name: Option<String>, body: Box<Command> },
    For { name: String, words: Option<Vec<Parts>>, body: List, select: bool },
    ForArithmetic { head: Vec<Parts>, body: List },
    Function { name: String, body: Rc<Command> },
    Group(List),
    If { branches: Vec<(List, List)>, otherwise: Option<List> },
    Loop { condition: List, body: List },
    Simple { assignments: Vec<Assignment>, words: Vec<Parts> },
    Subshell(List),
}

/// One arm of a `case`.
#[derive(Debug)]
pub(crate) struct Arm {
    pub(crate) patterns: Vec<Parts>,
    pub(crate) body: List,
    /// It ends in `;&` or `;;&`, so that the arm after it may run too.
    pub(crate) falls: bool,
}

/// A word or an operator between `[[` and `]]`.
#[derive(Debug)]
pub(crate) enum Test {
    Operator(&'static str),
    Word(Parts),
}

/// `name=value`, or an element of an array.
#[derive(Debug)]
pub(crate) struct Assignment {
    pub(crate) name: String,
    pub(crate) subscript: Option<Parts>,
    pub(crate) append: bool,
    pub(crate) value: AssignedValue,
}

/// What is assigned.
#[derive(Debug)]
pub(crate) enum AssignedValue {
    /// `(a b c)`; where one has a subscript of its own, `keyed` is true.
    Array {
        elements: Vec<Parts>,
        keyed: bool,
    },
    Scalar(Parts),
}

/// A redirection.
#[derive(Debug)]
pub(crate) struct Redirect {
    pub(crate) descriptor: Option<u32>,
    /// `{name}>`: the variable that receives the descriptor.
    pub(crate) variable: Option<String>,
    pub(crate) mode: RedirectionMode,
    pub(crate) to: RedirectTo,
}

/// Where a redirection leads.
#[derive(Debug)]
pub(crate) enum RedirectTo {
    /// `<<`: the body is read where the line ends.
    Document(Rc<OnceCell<Parts>>),
    /// `>&` and `<&`: a descriptor or a file.
    Either(Parts),
    File(Parts),
    /// `<<<`.
    HereString(Parts),
}

/// The parts of a word, side by side.
pub(crate) type Parts = Vec<Part>;

/// A part of a word.
#[derive(Debug)]
pub(crate) enum Part {
    /// `$(( … ))`.
    Arithmetic {
        parts: Parts,
        quoted: bool,
    },
    /// `$( … )` and backticks.
    Output {
        list: Rc<List>,
        quoted: bool,
    },
    /// `$name` and `${…}`.
    Parameter {
        parameter: Box<Parameter>,
        quoted: bool,
    },
    /// `<( … )`, which is read from, or `>( … )`.
    Process {
        list: Rc<List>,
        read: bool,
    },
    /// Something that is not followed.
    Strange {
        reason: &'static str,
        quoted: bool,
    },
    Text {
        text: String,
        quoted: bool,
    },
}

impl Part {
    /// Returns the text, and whether it is quoted, where it is nothing else.
    pub(crate) fn text(&self) -> Option<(&str, bool)> {
        match self {
            Self::Text { text, quoted } => Some((text, *quoted)),
            Self::Arithmetic { .. }
            | Self::Output { .. }
            | Self::Parameter { .. }
            | Self::Process { .. }
            | Self::Strange { .. } => None,
        }
    }
}

/// Returns the text of parts that are nothing else, quoted or not.
pub(crate) fn literal_parts(parts: &Parts) -> Option<String> {
    let mut out = String::new();
    for part in parts {
        out.push_str(part.text()?.0);
    }
    Some(out)
}

/// A parameter and what is done with it.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    /// It stands between braces, so that its name ends there.
    pub(crate) braced: bool,
    pub(crate) indirect: bool,
    pub(crate) subscript: Option<Parts>,
    pub(crate) operation: Operation,
}

/// What is done with the value of a parameter.
#[derive(Debug)]
pub(crate) enum Operation {
    /// `${x:+w}` and `${x+w}`.
    Alternative {
        colon: bool,
        word: Parts,
    },
    /// `${x:=w}` and `${x=w}`.
    Assign {
        colon: bool,
        word: Parts,
    },
    /// `${x:-w}` and `${x-w}`.
    Default {
        colon: bool,
        word: Parts,
    },
    /// `${x:?w}` and `${x?w}`.
    Fail {
        word: Parts,
    },
    /// `${#x}`.
    Length,
    None,
    /// `${x#p}`, `${x##p}`, `${x%p}` and `${x%%p}`.
    Remove {
        prefix: bool,
        longest: bool,
        pattern: Parts,
    },
    /// `${x/p/r}` and its kin; `kind` is `/`, `#`, `%` or nothing for the first match.
    Replace {
        kind: u8,
        pattern: Parts,
        with: Parts,
    },
    /// `${x:o:l}`.
    Slice {
        offset: Parts,
        length: Option<Parts>,
    },
    /// `${x^}`, `${x@Q}`, `${!x*}`: not followed, but for `^^` and `,,`.
    Other {
        operator: u8,
        operand: Parts,
    },
}
