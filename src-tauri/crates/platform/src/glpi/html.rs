//! GLPI's rich text: what we write as HTML, and HTML read as plain text.
//!
//! Invariant: what we send is escaped whole, so a text can never become a tag. What we read is never shown as HTML: tags, scripts,
//! styles and pictures are dropped, and any input gives a text.
//!
//! Left out on purpose: tables and links as such; their words are kept.

/// Text as one paragraph, its lines kept.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::from("<p>");
    for (n, line) in text.trim_end().lines().enumerate() {
        if n > 0 {
            html.push_str("<br>");
        }
        for c in line.chars() {
            match c {
                '&' => html.push_str("&amp;"),
                '<' => html.push_str("&lt;"),
                '>' => html.push_str("&gt;"),
                '"' => html.push_str("&quot;"),
                c => html.push(c),
            }
        }
    }
    html.push_str("</p>");
    html
}

/// A field which GLPI keeps as text; up to version 10 it comes out with its special characters encoded.
pub(super) fn plain(text: &str) -> String {
    decoded(text).trim().to_owned()
}

/// The words of a rich text. Up to version 10 its tags may come out encoded as well.
pub(super) fn words(html: &str) -> String {
    if !html.contains('<') && (html.contains("&lt;") || html.contains("&#60;")) {
        return untagged(&decoded(html));
    }
    untagged(html)
}

fn untagged(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let (before, tag) = rest.split_at(open);
        push_words(&mut text, before);
        if let Some(comment) = tag.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((inside, after)) = tag.split_once('>') else {
            // No tag at all: a lone « < » is a word.
            push_words(&mut text, tag);
            rest = "";
            break;
        };
        let inside = inside.trim_start_matches('<');
        let closing = inside.starts_with('/');
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        rest = after;
        match name.as_str() {
            "script" | "style" | "head" | "template" if !closing => rest = beyond(after, &name),
            "br" => text.push('\n'),
            "li" if !closing => text.push_str("\n- "),
            "p" | "div" | "tr" | "table" | "ul" | "ol" | "blockquote" | "pre" | "h1" | "h2"
            | "h3" | "h4" | "h5" | "h6" => line_break(&mut text),
            "td" | "th" if closing => text.push(' '),
            // « a < b » is no tag either.
            "" if !closing && !inside.starts_with('!') && !inside.starts_with('?') => {
                text.push('<');
                push_words(&mut text, inside);
                text.push('>');
            }
            _ => {}
        }
    }
    push_words(&mut text, rest);
    tidied(&text)
}

/// What follows the closing tag; nothing when there is none.
fn beyond<'a>(html: &'a str, name: &str) -> &'a str {
    let mut rest = html;
    while let Some((_, end)) = rest.split_once("</") {
        let closes = end
            .get(..name.len())
            .is_some_and(|word| word.eq_ignore_ascii_case(name));
        if closes {
            return end.split_once('>').map_or("", |(_, after)| after);
        }
        rest = end;
    }
    ""
}

fn line_break(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// The space of the source is worth one space.
fn push_words(text: &mut String, source: &str) {
    let source = decoded(source);
    for c in source.chars() {
        let space = matches!(c, ' ' | '\t' | '\r' | '\n');
        if !space {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

/// No space at the ends of lines, no more than one empty line in a row.
fn tidied(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !line.is_empty() || lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(line);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// Entities as characters. What is none stays as it is.
fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        out.push_str(before);
        let end = entity
            .char_indices()
            .take(12)
            .find(|(_, c)| *c == ';')
            .map(|(end, _)| end);
        match end.and_then(|end| Some((character(entity.get(1..end)?)?, entity.get(end + 1..)?))) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('&');
                rest = entity.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "eacute" => 'é',
        "egrave" => 'è',
        "ecirc" => 'ê',
        "euml" => 'ë',
        "agrave" => 'à',
        "acirc" => 'â',
        "ccedil" => 'ç',
        "icirc" => 'î',
        "iuml" => 'ï',
        "ocirc" => 'ô',
        "ouml" => 'ö',
        "ugrave" => 'ù',
        "ucirc" => 'û',
        "uuml" => 'ü',
        "oelig" => 'œ',
        "Eacute" => 'É',
        "Egrave" => 'È',
        "Agrave" => 'À',
        "Ccedil" => 'Ç',
        "laquo" => '«',
        "raquo" => '»',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "deg" => '°',
        "euro" => '€',
        "bull" => '•',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in [
            "Le bac 2 bourre à chaque page.",
            "Si a < b & c > d\nalors « \"oui\" » <script>alert(1)</script>",
            "Ligne 1\n\nLigne 3 : &eacute; reste &eacute;",
            "",
        ] {
            let html = escaped(text);
            assert_eq!(
                words(&html),
                text,
                "{html} holds the text, and no tag of it"
            );
            // Version 10 gives its tags encoded once more.
            let stored = html
                .replace('&', "&#38;")
                .replace('<', "&#60;")
                .replace('>', "&#62;");
            assert_eq!(
                words(&stored),
                text,
                "encoded as GLPI 10 stores it: {stored}"
            );
        }
    }

    #[test]
    fn a_hostile_rich_text_gives_words_alone() {
        let html = "<p onclick='x()'>Bonjour&nbsp;Camille,</p><style>p{color:red}</style><SCRIPT>fetch('http://x')</SCRIPT>\
                    <div>voir <a href=\"http://x\">la page</a><img src=\"http://x/suivi.gif\"></div><!-- <b>caché</b> -->\
                    <ul><li>un</li><li>deux</li></ul>&amp; fin";
        assert_eq!(
            words(html),
            "Bonjour\u{a0}Camille,\nvoir la page\n\n- un\n- deux\n& fin",
            "the words, their lines, nothing else"
        );
        assert_eq!(
            words("<p>avant<script>jamais fermé"),
            "avant",
            "an open script hides the rest"
        );
        assert_eq!(words("3 < 4"), "3 < 4", "a lone sign is a word");
        assert_eq!(
            plain("R&#38;D &#60;3"),
            "R&D <3",
            "a title is decoded, never stripped"
        );
        assert_eq!(
            plain("&#0;&#x110000;&inconnu;&"),
            "&#0;&#x110000;&inconnu;&",
            "what is no entity stays"
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_survives_the_way_there_and_back(text in "[a-zé<>&\"'#; ]{0,40}") {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            proptest::prop_assert_eq!(words(&escaped(&text)), text);
        }

        #[test]
        fn any_input_is_read(html in ".{0,80}") {
            let _ = words(&html);
            let _ = plain(&html);
        }
    }
}
