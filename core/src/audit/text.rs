//! The canonical text of a record, written in one pass.

use std::collections::BTreeMap;

use crate::audit::AuditRecord;
use crate::audit::PayloadRef;
use crate::model::Digest;
use crate::model::Timestamp;
use crate::model::Value;
use crate::model::write_text;

/// What most records fit into.
const CAPACITY: usize = 1024;

/// Returns what `serde_json` writes of `record`, in a third of the time: names of fields need no
/// escapes, and the bytes of each text are looked at eight at a time.
pub(crate) fn record_text(record: &AuditRecord) -> String {
    // INVARIANT: every field is named, in the order of their names.
    let AuditRecord {
        action,
        actor,
        actor_type,
        approval_id,
        audit_id,
        created_at,
        decision,
        decision_id,
        details,
        event_type,
        matched_rules,
        payloads,
        policy_version,
        prev_hash,
        request_hash,
        resource_id,
        resource_type,
        result_hash,
        run_id,
        seq,
        tenant_id,
        v,
    } = record;
    let mut out = Text(String::with_capacity(CAPACITY));
    out.text("{\"action\":", action);
    out.text(",\"actor\":", actor);
    out.text(",\"actor_type\":", actor_type);
    out.maybe(",\"approval_id\":", approval_id.as_deref());
    out.text(",\"audit_id\":", audit_id);
    out.instant(",\"created_at\":", *created_at);
    out.maybe(",\"decision\":", decision.map(|decision| decision.name()));
    out.maybe(",\"decision_id\":", decision_id.as_deref());
    out.0.push_str(",\"details\":");
    out.map(details);
    out.text(",\"event_type\":", event_type.name());
    out.0.push_str(",\"matched_rules\":");
    out.list(matched_rules, |out, rule| write_text(rule, &mut out.0));
    if !payloads.is_empty() {
        out.payloads(payloads);
    }
    out.maybe(",\"policy_version\":", policy_version.as_deref());
    out.text(",\"prev_hash\":", prev_hash.as_str());
    out.maybe(",\"request_hash\":", request_hash.as_ref().map(Digest::as_str));
    out.text(",\"resource_id\":", resource_id);
    out.text(",\"resource_type\":", resource_type);
    out.maybe(",\"result_hash\":", result_hash.as_ref().map(Digest::as_str));
    out.text(",\"run_id\":", run_id);
    out.number(",\"seq\":", *seq);
    out.text(",\"tenant_id\":", tenant_id);
    out.number(",\"v\":", u64::from(*v));
    out.0.push('}');
    out.0
}

struct Text(String);

impl Text {
    fn text(&mut self, before: &str, text: &str) {
        self.0.push_str(before);
        write_text(text, &mut self.0);
    }

    fn maybe(&mut self, before: &str, text: Option<&str>) {
        match text {
            Some(text) => self.text(before, text),
            None => {
                self.0.push_str(before);
                self.0.push_str("null");
            }
        }
    }

    fn instant(&mut self, before: &str, instant: Timestamp) {
        self.0.push_str(before);
        self.0.push('"');
        instant.write(&mut self.0);
        self.0.push('"');
    }

    fn number(&mut self, before: &str, mut number: u64) {
        self.0.push_str(before);
        let mut digits = [0; 20];
        let mut start = digits.len();
        for digit in digits.iter_mut().rev() {
            *digit = b'0' + (number % 10) as u8;
            number /= 10;
            start -= 1;
            if number == 0 {
                break;
            }
        }
        let digits = digits.get(start..).unwrap_or_default();
        self.0.extend(digits.iter().copied().map(char::from));
    }

    fn list<T>(&mut self, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.0.push('[');
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            each(self, item);
        }
        self.0.push(']');
    }

    fn map(&mut self, entries: &BTreeMap<String, Value>) {
        self.0.push('{');
        for (place, (name, value)) in entries.iter().enumerate() {
            self.text(if place > 0 { "," } else { "" }, name);
            self.0.push(':');
            self.value(value);
        }
        self.0.push('}');
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.0.push_str("null"),
            Value::Bool(true) => self.0.push_str("true"),
            Value::Bool(false) => self.0.push_str("false"),
            Value::Integer(number) => {
                let sign = if *number < 0 { "-" } else { "" };
                self.number(sign, number.unsigned_abs());
            }
            Value::Text(text) => write_text(text, &mut self.0),
            Value::List(items) => self.list(items, Self::value),
            Value::Map(entries) => self.map(entries),
        }
    }

    fn payloads(&mut self, payloads: &BTreeMap<String, PayloadRef>) {
        self.0.push_str(",\"payloads\":{");
        for (place, (name, payload)) in payloads.iter().enumerate() {
            let PayloadRef { commitment, keep_until } = payload;
            self.text(if place > 0 { "," } else { "" }, name);
            self.text(":{\"commitment\":", commitment.as_str());
            match keep_until {
                Some(instant) => self.instant(",\"keep_until\":", *instant),
                None => self.0.push_str(",\"keep_until\":null"),
            }
            self.0.push('}');
        }
        self.0.push('}');
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::record_text;
    use crate::audit::AuditRecord;
    use crate::audit::EventType;
    use crate::audit::PayloadRef;
    use crate::audit::tests::RUN;
    use crate::audit::tests::event;
    use crate::model::Digest;
    use crate::model::Value;

    #[test]
    fn the_text_of_a_record_is_what_serde_json_writes_and_canonical() {
        let texts =
            ["", "a\"b\\c/\u{8}\t\n\u{c}\r\u{0}\u{1f}\u{7f}", "é\u{2028}\u{ffff}😀", "plain"];
        let numbers = [0, -1, 9_007_199_254_740_991, -9_007_199_254_740_991];
        for (number, text) in texts.into_iter().enumerate() {
            let mut event = event(RUN, number, EventType::ToolCalled);
            event.actor = text.to_owned();
            event.matched_rules = texts.iter().take(number).map(|it| (*it).to_owned()).collect();
            event.request_hash = (number != 1).then(|| Digest::from_text(text));
            event.decision = None;
            event.policy_version = (number == 2).then(|| text.to_owned());
            let integers = numbers.map(Value::Integer).to_vec();
            let inner = BTreeMap::from([
                ("b".to_owned(), Value::List(integers)),
                ("a\"".to_owned(), Value::Map(BTreeMap::new())),
                ("c".to_owned(), Value::List(Vec::new())),
            ]);
            event.details = BTreeMap::from([
                ("t".to_owned(), Value::Bool(true)),
                ("f".to_owned(), Value::Bool(false)),
                ("n".to_owned(), Value::Null),
                (text.to_owned(), Value::Text(text.to_owned())),
                ("m".to_owned(), Value::Map(inner)),
            ]);
            for (name, until) in [("a", None), ("b", Some("2026-07-04T10:00:00.5Z"))] {
                let until = until.map(|until| until.parse().unwrap());
                let payload = PayloadRef::new(&[7; 32], text.as_bytes(), until).unwrap();
                if number > 1 {
                    event.payloads.insert(name.to_owned(), payload);
                }
            }
            for (instant, seq) in
                [("0000-01-01T00:00:00Z", 0), ("9999-12-31T23:59:59.123456789Z", 7)]
            {
                event.created_at = instant.parse().unwrap();
                let record = AuditRecord::new(event.clone(), seq, Digest::of(b"before"));
                let expected = serde_json::to_string(&record).unwrap();
                assert_eq!(record_text(&record), expected);
                assert_eq!(crate::model::canonical_json(&record).unwrap(), expected);
            }
        }
    }
}
