//! Conditions (`when`, `allow_if`, `require_approval_if`): the typed syntax tree (section 11).

use crate::compile::expression;
use crate::facts::PathPattern;
use crate::model::Attribute;
use crate::model::AttributeType;
use crate::model::AutonomyLevel;
use crate::model::DataClass;
use crate::model::RiskTier;
use crate::model::UnknownKind;

use crate::compile::Truth;
use crate::compile::View;
use crate::compile::view::Held;

/// A condition, typed against the request's schema.
#[derive(Clone, Debug)]
pub struct Condition {
    pub(crate) expression: Expression,
}

#[derive(Clone, Debug)]
pub(crate) enum Expression {
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Not(Box<Expression>),
    /// `left op right`; `!=` is `Not` over `==`.
    Compare(Attribute, Operator, Operand),
    /// `left in [...]`; `not in` is `Not` over it.
    In(Attribute, Vec<Constant>),
    /// `left matches right`, or one of several patterns.
    Matches(Attribute, Vec<Pattern>),
    Absent(Attribute),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Operand {
    Constant(Constant),
    Attribute(Attribute),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    Boolean(bool),
    Integer(i64),
    Text(String),
}

#[derive(Clone, Debug)]
pub(crate) enum Pattern {
    /// Where matching opens, case counts; where not matching opens, it does not.
    Path {
        exact: PathPattern,
        loose: PathPattern,
    },
    Name(String),
}

/// On which side a condition stands: a doubt or a mixed list must not open on either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It restricts: a list matches where any entry does.
    Restricts,
    /// It grants: a list of what a request touches matches where every entry does.
    Grants,
}

/// Which entries of a list must match.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    Any,
    /// Every entry, and there is one.
    All,
    /// Every entry, if any.
    AllOrNone,
}

impl Condition {
    /// Reads a condition.
    ///
    /// # Errors
    /// Where it does not parse, names an unknown attribute, or compares what cannot be compared.
    pub fn parse(text: &str) -> Result<Self, expression::ConditionError> {
        expression::parse(text).map(|expression| Self { expression })
    }

    /// Returns every attribute that the condition reads.
    pub fn attributes(&self) -> Vec<&Attribute> {
        let mut out = Vec::new();
        collect(&self.expression, &mut out);
        out
    }

    /// Returns whether the condition holds for what `view` sees.
    pub fn evaluate(&self, view: &View<'_>, side: Side) -> Truth {
        evaluate(&self.expression, view, side, false)
    }
}

fn collect<'a>(expression: &'a Expression, out: &mut Vec<&'a Attribute>) {
    match expression {
        Expression::And(parts) | Expression::Or(parts) => {
            for part in parts {
                collect(part, out);
            }
        }
        Expression::Not(inner) => collect(inner, out),
        Expression::Compare(attribute, _, operand) => {
            out.push(attribute);
            if let Operand::Attribute(right) = operand {
                out.push(right);
            }
        }
        Expression::In(attribute, _)
        | Expression::Matches(attribute, _)
        | Expression::Absent(attribute) => out.push(attribute),
    }
}

fn evaluate(expression: &Expression, view: &View<'_>, side: Side, negated: bool) -> Truth {
    match expression {
        Expression::And(parts) => parts
            .iter()
            .fold(Truth::True, |truth, part| truth.and(evaluate(part, view, side, negated))),
        Expression::Or(parts) => parts
            .iter()
            .fold(Truth::False, |truth, part| truth.or(evaluate(part, view, side, negated))),
        Expression::Not(inner) => evaluate(inner, view, side, !negated).negate(),
        Expression::Absent(attribute) => match view.held(attribute) {
            Held::Absent | Held::Missing => Truth::True,
            Held::List(items, None) if items.is_empty() => Truth::True,
            Held::List(items, Some(kind)) if items.is_empty() => Truth::unknown(kind),
            Held::Unknown(kind) => Truth::unknown(kind),
            Held::Boolean(_) | Held::Integer(_) | Held::Text(_) | Held::List(..) | Held::Other => {
                Truth::False
            }
        },
        Expression::Compare(attribute, operator, Operand::Constant(constant)) => {
            atom(attribute, view, side, negated, |held| {
                compare(attribute, held, *operator, constant)
            })
        }
        Expression::Compare(attribute, operator, Operand::Attribute(other)) => {
            match view.held(other) {
                Held::Absent => Truth::Absent,
                Held::Missing | Held::Other | Held::List(..) => Truth::Unreadable,
                Held::Unknown(kind) => Truth::unknown(kind),
                Held::Boolean(value) => {
                    let right = Constant::Boolean(value);
                    atom(attribute, view, side, negated, |h| {
                        compare(attribute, h, *operator, &right)
                    })
                }
                Held::Integer(value) => {
                    let right = Constant::Integer(value);
                    atom(attribute, view, side, negated, |h| {
                        compare(attribute, h, *operator, &right)
                    })
                }
                Held::Text(value) => {
                    let right = Constant::Text(value.to_owned());
                    atom(attribute, view, side, negated, |h| {
                        compare(attribute, h, *operator, &right)
                    })
                }
            }
        }
        Expression::In(attribute, constants) => atom(attribute, view, side, negated, |held| {
            constants.iter().fold(Truth::False, |truth, constant| {
                truth.or(compare(attribute, held, Operator::Equal, constant))
            })
        }),
        Expression::Matches(attribute, patterns) => atom(attribute, view, side, negated, |held| {
            let closes = (side == Side::Restricts) != negated;
            let Held::Text(text) = held else {
                return Truth::Unreadable;
            };
            Truth::of(patterns.iter().any(|pattern| match pattern {
                Pattern::Name(name) => crate::model::wildcard_matches(name, text),
                // The path may be a folder: nobody looked.
                Pattern::Path { loose, .. } if closes => loose.matches(&format!("{text}/")),
                Pattern::Path { exact, .. } => exact.matches(text),
            }))
        }),
    }
}

/// Evaluates `test` on what the attribute holds: on each entry of a list, with the quantifier
/// that keeps the side of the condition closed.
fn atom(
    attribute: &Attribute,
    view: &View<'_>,
    side: Side,
    negated: bool,
    test: impl Fn(&Held<'_>) -> Truth,
) -> Truth {
    match view.held(attribute) {
        Held::Absent => Truth::Absent,
        Held::Missing => Truth::Unreadable,
        Held::Unknown(kind) => Truth::unknown(kind),
        Held::List(items, unknown) => {
            let quantifier = quantifier(attribute, side, negated);
            quantify(quantifier, unknown, items.iter().map(|item| test(&Held::Text(item))))
        }
        held @ (Held::Boolean(_) | Held::Integer(_) | Held::Text(_) | Held::Other) => test(&held),
    }
}

/// Lists of what a request touches are judged whole where they would open, and so are a host's
/// own, which could be that; lists of what a subject or a change has (roles, labels, verifiers)
/// by any entry.
fn quantifier(attribute: &Attribute, side: Side, negated: bool) -> Quantifier {
    let touches = match attribute {
        Attribute::Attributes(_)
        | Attribute::ChangeClasses
        | Attribute::ChangeFiles
        | Attribute::CommandEffects
        | Attribute::CommandInvocations
        | Attribute::CommandPrograms
        | Attribute::CommandRemovals
        | Attribute::ContextSources
        | Attribute::ContextTenants
        | Attribute::NetworkHosts
        | Attribute::Paths
        | Attribute::PathsOutside
        | Attribute::PathsSensitive
        | Attribute::Reads
        | Attribute::Writes => true,
        Attribute::Action
        | Attribute::ArtifactClass
        | Attribute::ArtifactEncrypted
        | Attribute::ArtifactHeld
        | Attribute::ArtifactId
        | Attribute::ArtifactRun
        | Attribute::ArtifactTenant
        | Attribute::AutonomyLevel
        | Attribute::Branch
        | Attribute::CampaignId
        | Attribute::ChangeClass
        | Attribute::ChangeFileCount
        | Attribute::ChangeLines
        | Attribute::CommandNetwork
        | Attribute::CommandPipesRemoteToShell
        | Attribute::GitHardened
        | Attribute::Judge
        | Attribute::Labels
        | Attribute::ModelDataClass
        | Attribute::ModelName
        | Attribute::ModelProvider
        | Attribute::ModelRegion
        | Attribute::ModelTokens
        | Attribute::ModelUseFor
        | Attribute::NetworkProfile
        | Attribute::Organization
        | Attribute::PrDraft
        | Attribute::Repo
        | Attribute::RiskTier
        | Attribute::RunId
        | Attribute::SubjectId
        | Attribute::SubjectKind
        | Attribute::SubjectRole
        | Attribute::SubjectTeam
        | Attribute::SubjectTenant
        | Attribute::TargetCount
        | Attribute::TaskClass
        | Attribute::TaskId
        | Attribute::Team
        | Attribute::Tenant
        | Attribute::VerifiersFailed
        | Attribute::VerifiersPassed => false,
    };
    match (touches, side, negated) {
        (true, Side::Grants, false) => Quantifier::All,
        (true, Side::Restricts, true) => Quantifier::AllOrNone,
        (true, Side::Grants, true) | (true, Side::Restricts, false) | (false, _, _) => {
            Quantifier::Any
        }
    }
}

fn quantify(
    quantifier: Quantifier,
    unknown: Option<UnknownKind>,
    answers: impl Iterator<Item = Truth>,
) -> Truth {
    let more = unknown.map(Truth::unknown);
    match quantifier {
        Quantifier::Any => {
            let seen = answers.fold(Truth::False, Truth::or);
            more.map_or(seen, |more| seen.or(more))
        }
        Quantifier::All | Quantifier::AllOrNone => {
            let mut any = false;
            let mut seen = Truth::True;
            for answer in answers {
                any = true;
                seen = seen.and(answer);
            }
            match (any, more) {
                (_, Some(more)) => seen.and(more),
                (false, None) if quantifier == Quantifier::All => Truth::False,
                (false, None) | (true, None) => seen,
            }
        }
    }
}

fn compare(attribute: &Attribute, held: &Held<'_>, operator: Operator, right: &Constant) -> Truth {
    use std::cmp::Ordering;

    let ordering = match (held, right) {
        (Held::Integer(left), Constant::Integer(right)) => left.cmp(right),
        (Held::Boolean(left), Constant::Boolean(right)) => left.cmp(right),
        (Held::Text(left), Constant::Text(right)) if operator == Operator::Equal => {
            return Truth::of(*left == right.as_str());
        }
        (Held::Text(left), Constant::Text(right)) => {
            match (rank(attribute.kind(), left), rank(attribute.kind(), right)) {
                (Some(left), Some(right)) => left.cmp(&right),
                (None, _) | (_, None) => return Truth::Unreadable,
            }
        }
        (
            Held::Absent
            | Held::Boolean(_)
            | Held::Integer(_)
            | Held::List(..)
            | Held::Missing
            | Held::Other
            | Held::Text(_)
            | Held::Unknown(_),
            Constant::Boolean(_) | Constant::Integer(_) | Constant::Text(_),
        ) => return Truth::Unreadable,
    };
    Truth::of(match operator {
        Operator::Equal => ordering == Ordering::Equal,
        Operator::Less => ordering == Ordering::Less,
        Operator::LessOrEqual => ordering != Ordering::Greater,
        Operator::Greater => ordering == Ordering::Greater,
        Operator::GreaterOrEqual => ordering != Ordering::Less,
    })
}

fn rank(kind: AttributeType, name: &str) -> Option<usize> {
    match kind {
        AttributeType::Autonomy => AutonomyLevel::from_name(name).map(|entry| entry as usize),
        AttributeType::DataClass => DataClass::from_name(name).map(|entry| entry as usize),
        AttributeType::RiskTier => RiskTier::from_name(name).map(|entry| entry as usize),
        AttributeType::Boolean
        | AttributeType::ChangeClass
        | AttributeType::CommandEffect
        | AttributeType::DataSource
        | AttributeType::Integer
        | AttributeType::RetentionClass
        | AttributeType::Role
        | AttributeType::SensitiveKind
        | AttributeType::Text
        | AttributeType::Untyped => None,
    }
}
