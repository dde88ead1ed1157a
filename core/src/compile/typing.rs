//! What a condition may compare with what.

use crate::compile::condition::Constant;
use crate::compile::condition::Operator;
use crate::compile::expression::ConditionError;
use crate::compile::expression::type_error;
use crate::facts::SensitiveKind;
use crate::facts::host_of;
use crate::model::Action;
use crate::model::Attribute;
use crate::model::AttributeType;
use crate::model::AutonomyLevel;
use crate::model::ChangeClass;
use crate::model::CommandEffect;
use crate::model::DataClass;
use crate::model::DataSource;
use crate::model::RetentionClass;
use crate::model::RiskTier;
use crate::model::Role;

/// Refuses a comparison of two attributes that can never be equal.
pub(crate) fn same_type(left: &Attribute, right: &Attribute) -> Result<(), ConditionError> {
    let untyped = |attribute: &Attribute| attribute.kind() == AttributeType::Untyped;
    if right.is_list() {
        return Err(type_error(
            format!("`{}` is a list and cannot stand on the right", right.name()),
            None,
        ));
    }
    if left.kind() == right.kind() || untyped(left) || untyped(right) {
        return Ok(());
    }
    let message = format!(
        "`{}` and `{}` can never be equal; quote a text that has an attribute's name",
        left.name(),
        right.name()
    );
    Err(type_error(message, None))
}

/// Refuses an order on what has none.
pub(crate) fn check_operator(
    attribute: &Attribute,
    operator: Operator,
) -> Result<(), ConditionError> {
    let ordered = matches!(
        attribute.kind(),
        AttributeType::Autonomy
            | AttributeType::DataClass
            | AttributeType::Integer
            | AttributeType::RiskTier
            | AttributeType::Untyped
    );
    if operator == Operator::Equal || (ordered && !attribute.is_list()) {
        return Ok(());
    }
    Err(type_error(format!("`{}` has no order", attribute.name()), None))
}

/// Reads a constant as the type of the attribute that it is compared with.
pub(crate) fn constant(
    attribute: &Attribute,
    text: &str,
    quoted: bool,
) -> Result<Constant, ConditionError> {
    let integer = (!quoted).then(|| text.parse::<i64>().ok()).flatten();
    let boolean = if quoted { None } else { text.parse::<bool>().ok() };
    let wrong =
        |what: &str| type_error(format!("`{}` holds {what}, not `{text}`", attribute.name()), None);
    let named = |known: Option<&'static str>, what: &str, suggestion: Option<&'static str>| {
        known.map(|name| Constant::Text(name.to_owned())).ok_or_else(|| {
            type_error(
                format!("`{text}` is no {what}, which `{}` holds", attribute.name()),
                suggestion,
            )
        })
    };
    match attribute {
        // A name that no action has would never fire, nor would another spelling of a host.
        Attribute::Action => {
            let known = Action::from_name(text).map(Action::name);
            return named(known, Action::WHAT, Action::suggest(text));
        }
        Attribute::NetworkHosts => {
            let host = host_of(text).unwrap_or_else(|_| text.to_lowercase());
            return Ok(Constant::Text(host));
        }
        _ => {}
    }
    match attribute.kind() {
        AttributeType::Integer => {
            integer.map(Constant::Integer).ok_or_else(|| wrong("a whole number"))
        }
        AttributeType::Boolean => {
            boolean.map(Constant::Boolean).ok_or_else(|| wrong("true or false"))
        }
        AttributeType::Text => Ok(Constant::Text(text.to_owned())),
        AttributeType::Untyped => Ok(integer
            .map(Constant::Integer)
            .or(boolean.map(Constant::Boolean))
            .unwrap_or_else(|| Constant::Text(text.to_owned()))),
        AttributeType::Autonomy => named(
            AutonomyLevel::from_name(text).map(AutonomyLevel::name),
            AutonomyLevel::WHAT,
            AutonomyLevel::suggest(text),
        ),
        AttributeType::ChangeClass => named(
            ChangeClass::from_name(text).map(ChangeClass::name),
            ChangeClass::WHAT,
            ChangeClass::suggest(text),
        ),
        AttributeType::CommandEffect => named(
            CommandEffect::from_name(text).map(CommandEffect::name),
            CommandEffect::WHAT,
            CommandEffect::suggest(text),
        ),
        AttributeType::DataClass => named(
            DataClass::from_name(text).map(DataClass::name),
            DataClass::WHAT,
            DataClass::suggest(text),
        ),
        AttributeType::RetentionClass => named(
            RetentionClass::from_name(text).map(RetentionClass::name),
            RetentionClass::WHAT,
            RetentionClass::suggest(text),
        ),
        AttributeType::DataSource => named(
            DataSource::from_name(text).map(DataSource::name),
            DataSource::WHAT,
            DataSource::suggest(text),
        ),
        AttributeType::RiskTier => named(
            RiskTier::from_name(text).map(RiskTier::name),
            RiskTier::WHAT,
            RiskTier::suggest(text),
        ),
        AttributeType::SensitiveKind => named(
            SensitiveKind::from_name(text).map(SensitiveKind::name),
            SensitiveKind::WHAT,
            SensitiveKind::suggest(text),
        ),
        AttributeType::Role => {
            named(Role::from_name(text).map(Role::name), Role::WHAT, Role::suggest(text))
        }
    }
}
