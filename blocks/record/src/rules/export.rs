//! Rows as lines: CSV (RFC 4180) or JSON Lines.

use crate::model::RecordedEvent;

/// How rows are exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A table for spreadsheets.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

impl Form {
    /// By its name in the address.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "" | "csv" => Some(Self::Csv),
            "jsonl" => Some(Self::JsonLines),
            _ => None,
        }
    }

    /// The content type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl",
        }
    }

    /// The name of the file.
    pub fn file(self) -> &'static str {
        match self {
            Self::Csv => "record.csv",
            Self::JsonLines => "record.jsonl",
        }
    }

    /// The line above all others.
    pub fn head(self) -> &'static str {
        match self {
            Self::Csv => "seq,time,tenant,actor,event,subject,request,id,erased\r\n",
            Self::JsonLines => "",
        }
    }

    /// The line of a row.
    pub fn line(self, row: &RecordedEvent) -> String {
        match self {
            Self::Csv => {
                let seq = row.seq.map(|it| it.to_string()).unwrap_or_default();
                let erased = if row.erased { "yes" } else { "no" };
                let cells = [
                    &seq,
                    &row.time,
                    &row.tenant,
                    &row.actor,
                    &row.event,
                    &row.subject,
                    &row.request,
                    &row.id,
                    erased,
                ];
                let cells: Vec<String> = cells.into_iter().map(cell).collect();
                format!("{}\r\n", cells.join(","))
            }
            Self::JsonLines => format!("{}\n", serde_json::to_string(row).unwrap_or_default()),
        }
    }
}

/// A cell of a table; no spreadsheet takes it for a formula.
fn cell(text: &str) -> String {
    let text = spreadsheet::guarded(text);
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_stays_a_cell() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"x\"\n", "\"say \"\"x\"\"\n\""),
            ("=1+1", "'=1+1"),
            ("@x,y", "\"'@x,y\""),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
