//! YAML as the values of JSON. Aliases stand for nothing, so that a small text cannot grow.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// Deeper values are left out.
const MAX_DEPTH: usize = 32;

/// The value of the first document, as far as it can be read.
pub(in crate::formats) fn value(yaml: &str) -> Option<Value> {
    let mut reader = YamlReader::default();
    for event in Parser::new_from_str(yaml) {
        let Ok((event, _)) = event else {
            break;
        };
        if let Some(done) = reader.take(&event) {
            return Some(done);
        }
    }
    reader.close_all()
}

/// What is open, from the outside in, each with the key that its next value has.
#[derive(Default)]
struct YamlReader {
    open: Vec<OpenValue>,
}

enum OpenValue {
    List(Vec<Value>),
    Map(Map<String, Value>, Option<String>),
}

impl OpenValue {
    fn close(self) -> Value {
        match self {
            OpenValue::List(list) => Value::Array(list),
            OpenValue::Map(map, _) => Value::Object(map),
        }
    }
}

impl YamlReader {
    /// Takes an event; gives the whole value when it is complete.
    fn take(&mut self, event: &Event<'_>) -> Option<Value> {
        match event {
            Event::MappingStart(..) => self.open.push(OpenValue::Map(Map::new(), None)),
            Event::SequenceStart(..) => self.open.push(OpenValue::List(Vec::new())),
            Event::MappingEnd | Event::SequenceEnd => {
                let done = self.open.pop()?.close();
                return self.put(done);
            }
            Event::Alias(_) => return self.put(Value::Null),
            Event::Scalar(text, style, ..) => {
                let is_null = *style == ScalarStyle::Plain && matches!(&**text, "~" | "null" | "");
                return self.put(if is_null {
                    Value::Null
                } else {
                    Value::String(text.to_string())
                });
            }
            _ => {}
        }
        None
    }

    fn put(&mut self, value: Value) -> Option<Value> {
        let is_deep = self.open.len() > MAX_DEPTH;
        match self.open.last_mut() {
            None => return Some(value),
            Some(_) if is_deep => {}
            Some(OpenValue::List(list)) => list.push(value),
            Some(OpenValue::Map(_, key @ None)) => {
                *key = Some(match value {
                    Value::String(text) => text,
                    _ => String::new(),
                });
            }
            Some(OpenValue::Map(map, key)) => {
                map.entry(key.take().unwrap_or_default()).or_insert(value);
            }
        }
        None
    }

    /// What was read before a fault.
    fn close_all(mut self) -> Option<Value> {
        loop {
            let done = self.open.pop()?.close();
            if let Some(whole) = self.put(done) {
                return Some(whole);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_is_read_as_the_values_that_it_is() {
        let read = value("references:\n- id: a\n  title: 'B: c'\n  issued:\n    date-parts:\n    - - 2019\n- id: d\n").unwrap();
        let wanted = serde_json::json!({"references": [
            {"id": "a", "title": "B: c", "issued": {"date-parts": [["2019"]]}}, {"id": "d"}]});
        assert_eq!(read, wanted);
    }

    #[test]
    fn what_stands_before_a_fault_is_kept() {
        let read = value("references:\n- id: a\n- id: [b\n").unwrap();
        assert_eq!(read["references"][0]["id"], "a");
        let deep = "[".repeat(10_000);
        assert!(value(&deep).is_none_or(|value| value.is_array()));
    }
}
