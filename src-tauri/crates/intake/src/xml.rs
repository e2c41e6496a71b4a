//! XML as a walk over elements and text, with every dangerous thing off.
//!
//! Invariant: no document type is accepted, no entity is expanded but the five of XML and characters by number, and
//! no element stands deeper than `limits::DEPTH`. Text is given in pieces; whoever keeps it counts it.

use std::borrow::Cow;

use quick_xml::{
    Error, Reader, XmlVersion,
    errors::{IllFormedError, SyntaxError},
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};

use crate::{Encoding, Measure, Unreadable, limits, text};

pub(crate) enum Node<'a> {
    Open(BytesStart<'a>),
    Text(Cow<'a, str>),
    Close,
    /// The end of the document, with every element closed.
    End,
}

pub(crate) struct Walk<'a> {
    source: &'a str,
    reader: Reader<&'a [u8]>,
    depth: usize,
}

impl<'a> Walk<'a> {
    pub fn new(source: &'a str) -> Self {
        let mut reader = Reader::from_str(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Walk {
            source,
            reader,
            depth: 0,
        }
    }

    pub fn next(&mut self) -> Result<Node<'a>, Unreadable> {
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(element)) => {
                    self.depth += 1;
                    if self.depth > limits::DEPTH {
                        return Err(Unreadable::TooLarge {
                            what: Measure::Depth,
                            most: limits::DEPTH as u64,
                        });
                    }
                    return Ok(Node::Open(element));
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Node::Close);
                }
                Ok(Event::Text(text)) => return Ok(Node::Text(text.into_inner())),
                Ok(Event::CData(text)) => return Ok(Node::Text(text.into_inner())),
                Ok(Event::GeneralRef(name)) => {
                    let letter = name.resolve_char_ref().ok().flatten();
                    if let Some(letter) = letter {
                        return Ok(Node::Text(Cow::Owned(letter.to_string())));
                    }
                    if let Some(known) = resolve_predefined_entity(&name.into_inner()) {
                        return Ok(Node::Text(Cow::Borrowed(known)));
                    }
                    return Err(self.malformed(self.reader.buffer_position()));
                }
                Ok(Event::DocType(_)) => {
                    return Err(self.malformed(self.reader.buffer_position()));
                }
                Ok(Event::Eof) if self.depth > 0 => return Err(Unreadable::Truncated),
                Ok(Event::Eof) => return Ok(Node::End),
                Ok(_) => {}
                Err(fault) => return Err(self.fault(&fault)),
            }
        }
    }

    fn fault(&self, fault: &Error) -> Unreadable {
        match fault {
            // Something is opened and the file ends: a download or a copy that broke off.
            Error::Syntax(SyntaxError::InvalidBangMarkup) => {
                self.malformed(self.reader.error_position())
            }
            Error::Syntax(_) | Error::IllFormed(IllFormedError::MissingEndTag(_)) => {
                Unreadable::Truncated
            }
            _ => self.malformed(self.reader.error_position()),
        }
    }

    fn malformed(&self, position: u64) -> Unreadable {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        let before = self.source.as_bytes().get(..position);
        let before = before.unwrap_or(self.source.as_bytes());
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        let start = before.iter().rposition(|byte| *byte == b'\n');
        let column = before.len() - start.map_or(0, |place| place + 1);
        Unreadable::Malformed {
            line: line as u64 + 1,
            column: column as u64 + 1,
        }
    }
}

/// The value of an attribute, by its name without prefix.
pub(crate) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Option<Cow<'e, str>> {
    // Looking for the same name twice would take time with the square of a hostile tag.
    element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| attribute.normalized_value(XmlVersion::Implicit1_0).ok())
}

/// The text of a document: by its byte order mark, by the encoding it declares, or as any other text.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), Unreadable> {
    let (text, encoding) = text::decode(bytes, None)?;
    let declared = declared(&text);
    // Old agents declare ISO-8859-1, which the world reads as Windows-1252; an ASCII file may declare anything.
    match declared.as_deref() {
        Some("iso-8859-1" | "latin1" | "windows-1252") if encoding == Encoding::Utf8 => {
            text::decode(bytes, Some(Encoding::Windows1252))
        }
        _ => Ok((text, encoding)),
    }
}

fn declared(text: &str) -> Option<String> {
    let end = text.find("?>")?.min(200);
    let head = text.get(..end)?.strip_prefix("<?xml")?;
    let value = head.split_once("encoding")?.1.trim_start();
    let value = value.strip_prefix('=')?.trim_start();
    let name: String = value
        .chars()
        .skip(1)
        .take_while(|letter| !matches!(letter, '"' | '\''))
        .collect();
    Some(name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Result<String, Unreadable> {
        let mut walk = Walk::new(source);
        let mut all = String::new();
        loop {
            match walk.next()? {
                Node::Text(text) => all.push_str(&text),
                Node::End => return Ok(all),
                Node::Open(_) | Node::Close => {}
            }
        }
    }

    #[test]
    fn text_comes_with_its_plain_entities_alone() {
        assert_eq!(
            texts("<a>Th&#233;o &amp; <b><![CDATA[<fils>]]></b></a>"),
            Ok("Théo & <fils>".to_owned()),
            "the five entities, numbers and CDATA are text"
        );
        assert_eq!(
            texts("<a>\n  &secret;</a>"),
            Err(Unreadable::Malformed {
                line: 2,
                column: 11
            }),
            "an entity of its own is refused, with its place"
        );
    }

    #[test]
    fn a_document_type_is_refused() {
        let laughs = "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert!(
            matches!(texts(laughs), Err(Unreadable::Malformed { .. })),
            "no definition is read, so none can be expanded"
        );
    }

    #[test]
    fn a_document_that_breaks_off_says_so() {
        for cut in ["<a><b>", "<a", "<a>texte", "<a><!-- "] {
            assert_eq!(
                texts(cut),
                Err(Unreadable::Truncated),
                "{cut} is not closed"
            );
        }
        assert_eq!(
            texts("<a>\n</b>"),
            Err(Unreadable::Malformed { line: 2, column: 1 }),
            "the wrong end is another matter"
        );
    }

    #[test]
    fn a_well_without_bottom_is_refused() {
        let deep = "<a>".repeat(limits::DEPTH + 1);
        assert_eq!(
            texts(&deep),
            Err(Unreadable::TooLarge {
                what: Measure::Depth,
                most: limits::DEPTH as u64
            }),
            "before it fills anything"
        );
    }

    #[test]
    fn an_old_agent_s_encoding_is_believed() {
        let old = b"<?xml version='1.0' encoding='ISO-8859-1' ?><a>\xE9l\xE8ve</a>";
        let (text, encoding) = decode(old).unwrap();
        assert_eq!(encoding, Encoding::Windows1252, "it says so and it is");
        assert_eq!(texts(&text), Ok("élève".to_owned()), "accents are whole");
    }
}
