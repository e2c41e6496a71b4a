//! The readers under mutated files, with a seed: the same run each time, on any toolchain.
//!
//! `INTAKE_FUZZ_RUNS` sets how many; the tests do a short run. The libFuzzer target in `fuzz/` asks the same question
//! of the same function, guided by coverage, where a nightly toolchain is at hand. Parts of a ZIP are mutated before
//! they are packed, since a mutated ZIP hardly ever gets past its checksum.

use intake::{Choices, Encoding, Separator, vcard};

use crate::{
    files::{Parts, ods, parts, real, stored, xlsx},
    holds::holds,
};

/// A small generator, enough to choose where to cut (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 33) as usize % bound.max(1)
    }
}

enum Seed {
    Plain(Vec<u8>),
    Packed(Parts),
}

const WORDS: [&[u8]; 40] = [
    b"\"",
    b";",
    b",",
    b"\t",
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\xE9",
    b"<",
    b">",
    b"</",
    b"/>",
    b"&amp;",
    b"&#0;",
    b"&x;",
    b"<![CDATA[",
    b"]]>",
    b"<!DOCTYPE a>",
    b"<?xml encoding='ISO-8859-1'?>",
    b"{",
    b"}",
    b"[",
    b"]",
    b"null",
    b"-1",
    b"999999999999999999999",
    b"1e999",
    b"NaN",
    b"<row>",
    b"</row>",
    b"<c t=\"s\">",
    b"<table:table-row>",
    b"<DEVICE>",
    b"<REQUEST>",
    b"BEGIN:VCARD\n",
    b"END:VCARD\n",
    b"=\n",
];

fn mutate(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..=chance.below(4) {
        let place = chance.below(bytes.len() + 1);
        let end = (place + chance.below(40)).min(bytes.len());
        match chance.below(7) {
            0 if place < bytes.len() => bytes[place] ^= 1 << chance.below(8),
            1 if place < bytes.len() => bytes[place] = chance.next() as u8,
            2 => {
                bytes.drain(place..end);
            }
            3 => {
                let again = bytes[place..end].to_vec();
                bytes.splice(place..place, again);
            }
            4 if chance.below(4) == 0 => bytes.truncate(place),
            _ => {
                let word = WORDS[chance.below(WORDS.len())];
                bytes.splice(place..place, word.iter().copied());
            }
        }
    }
}

fn seeds() -> Vec<Seed> {
    let text = |text: &str| Seed::Plain(text.as_bytes().to_vec());
    let utf_16 = |text: &str| Seed::Plain(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    let cell = |kind: &str, value: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" office:value=\"{value}\" office:date-value=\"{value}\"><text:p>{value}<text:s text:c=\"2\"/></text:p></table:table-cell>"
        )
    };
    let tables = format!(
        "<table:table table:name=\"A\"><table:table-row>{}{}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"3\">{}{}</table:table-row></table:table>",
        cell("string", "Nom"),
        cell("string", "Série"),
        cell("float", "12.5"),
        cell("date", "2024-09-01T10:00:00"),
    );
    let rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>Série</t></is></c></row>\
        <row r=\"3\"><c r=\"A3\" s=\"1\"><v>45536.5</v></c><c r=\"B3\" t=\"b\"><v>1</v></c></row>";
    let formats = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-40C]dd/mm/yy hh:mm\"/></numFmts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>";
    let json = r#"{"itemtype": "Computer", "content": {"hardware": {"name": "PC", "chassis_type": "Laptop"},
        "bios": {"ssn": "S1", "assettag": "I1"}, "networks": [{"ipaddress": "10.0.0.1", "mac": "b8:6b:23:e0:5c:91"}],
        "network_device": {"ips": ["10.0.0.2"], "type": "Printer"}}}"#;
    let xml = "<?xml version=\"1.0\"?><REQUEST><CONTENT><HARDWARE><NAME>PC &amp; 1</NAME></HARDWARE><BIOS><SSN>S</SSN>\
        </BIOS><NETWORKS><IPADDRESS>10.0.0.1</IPADDRESS></NETWORKS><DEVICE><INFO><NAME>SW</NAME><IPS><IP>10.0.0.9</IP></IPS>\
        </INFO></DEVICE></CONTENT></REQUEST>";
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Martin;Léa;;;\r\nORG:DSI\\, support;A\r\nTEL;VALUE=uri:tel:01\r\n\
        NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:r=C3=A9=\r\nsum=C3=A9\r\nCATEGORIES:a,b\r\nEND:VCARD\r\n";
    let mut seeds = vec![
        text("Nom;Salle;Note\r\nPC-1;B12;\"écran 24\"\"\r\nrayé\";\r\nPC-2;;x\r\n"),
        text("Inventaire\n\nNom,Prix\n\"A, B\",\"1,5\"\nC,2\n"),
        Seed::Plain(b"Mod\xE8le\tS\xE9rie\nHP\tS1\n".to_vec()),
        utf_16("Nom;Salle\nÉlève;B12\n"),
        text(json),
        text(&format!("[{json}, {json}]\n{json}")),
        text(xml),
        text(card),
        Seed::Packed(ods("", &tables)),
        Seed::Packed(xlsx(rows, "<si><t>Nom</t></si>", formats)),
        Seed::Packed(parts(&[("a.json", json), ("b.xml", xml), ("c.txt", "x")])),
        Seed::Packed(parts(&[("parc.csv", "Nom;Salle\nA;1\n")])),
        // A compound file with nothing in it.
        Seed::Plain(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1W\0o\0r\0k\0b\0o\0o\0k\0".to_vec()),
    ];
    // Real files, when they are small enough for a million runs.
    for (_, bytes) in real() {
        if bytes.len() < 4096 {
            seeds.push(Seed::Plain(bytes));
        }
    }
    seeds
}

fn choices(chance: &mut Chance) -> Choices {
    let mut choices = Choices::default();
    if chance.below(4) == 0 {
        choices.encoding = Encoding::ALL.get(chance.below(8)).copied();
        choices.separator = Separator::ALL.get(chance.below(8)).copied();
        choices.headings_line = Some(chance.below(6) as u64);
    }
    choices
}

#[test]
fn mutated_files_are_read_or_refused() {
    let runs = std::env::var("INTAKE_FUZZ_RUNS")
        .ok()
        .and_then(|runs| runs.parse().ok());
    let runs: usize = runs.unwrap_or(6_000);
    let seed = std::env::var("INTAKE_FUZZ_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let mut chance = Chance(seed.unwrap_or(0x0052_656C_6169_7333));
    let seeds = seeds();
    let (mut tables, mut rows, mut refused, mut faults) = (0_usize, 0_usize, 0_usize, 0_usize);
    for _ in 0..runs {
        let bytes = match &seeds[chance.below(seeds.len())] {
            Seed::Plain(bytes) => {
                let mut bytes = bytes.clone();
                mutate(&mut bytes, &mut chance);
                bytes
            }
            Seed::Packed(parts) => {
                let mut parts = parts.clone();
                let part = chance.below(parts.len());
                mutate(&mut parts[part].1, &mut chance);
                let mut bytes = stored(&parts);
                if chance.below(8) == 0 {
                    mutate(&mut bytes, &mut chance);
                }
                bytes
            }
        };
        match intake::read("fichier", &bytes, &choices(&mut chance)) {
            Ok(reading) => {
                holds(&reading);
                tables += 1;
                rows += reading.table.rows.len();
                refused += reading.refused.len();
            }
            Err(_) => faults += 1,
        }
        if let Ok(cards) = vcard::read(&bytes) {
            let again = vcard::read(vcard::write(&cards).as_bytes());
            assert_eq!(
                again.as_ref(),
                Ok(&cards),
                "a card that was read can be written"
            );
        }
    }
    println!(
        "{runs} runs: {tables} tables of {rows} rows, {refused} rows refused, {faults} files refused"
    );
    assert!(
        tables > runs / 10,
        "enough of the files still are tables: {tables}"
    );
    assert!(
        faults > runs / 10,
        "and enough of them are broken: {faults}"
    );
}
