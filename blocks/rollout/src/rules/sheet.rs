//! Columns of one length, written as CSV (RFC 4180) or Parquet.

use csv::WriterBuilder;
use parquet::{
    data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type},
    errors::Result,
    file::{properties::WriterProperties, writer::SerializedFileWriter},
    schema::parser::parse_message_type,
};
use rates::Day;
use spreadsheet::guarded;
use std::sync::Arc;

/// A column.
#[derive(Debug)]
pub enum Column {
    Text(Vec<String>),
    Days(Vec<Day>),
    Whole(Vec<i64>),
    /// Nothing where no number can be said.
    Number(Vec<Option<f64>>),
}

/// Columns of one length; several sheets with one header are one file.
#[derive(Debug)]
pub struct Sheet {
    pub columns: Vec<Column>,
}

/// Days between 1 January 1970, from which Parquet counts, and 1 January 2000, from which ours count.
const EPOCH: i32 = 10_957;

impl Column {
    fn len(&self) -> usize {
        match self {
            Self::Text(all) => all.len(),
            Self::Days(all) => all.len(),
            Self::Whole(all) => all.len(),
            Self::Number(all) => all.len(),
        }
    }

    fn cell(&self, at: usize) -> String {
        match self {
            Self::Text(all) => all.get(at).map(|it| guarded(it).into_owned()).unwrap_or_default(),
            Self::Days(all) => all.get(at).map(Day::to_string).unwrap_or_default(),
            Self::Whole(all) => all.get(at).map(i64::to_string).unwrap_or_default(),
            Self::Number(all) => all.get(at).copied().flatten().map(|it| it.to_string()).unwrap_or_default(),
        }
    }

    fn schema(&self, name: &str) -> String {
        match self {
            Self::Text(_) => format!("required binary {name} (STRING);"),
            Self::Days(_) => format!("required int32 {name} (DATE);"),
            Self::Whole(_) => format!("required int64 {name};"),
            Self::Number(_) => format!("optional double {name};"),
        }
    }
}

impl Sheet {
    /// All sheets as one CSV file.
    pub fn csv(header: &[&str], sheets: &[Self]) -> Vec<u8> {
        let mut writer = WriterBuilder::new().from_writer(Vec::new());
        // Writing into memory cannot fail.
        let _ = writer.write_record(header);
        for sheet in sheets {
            for at in 0..sheet.columns.first().map_or(0, Column::len) {
                let _ = writer.write_record(sheet.columns.iter().map(|it| it.cell(at)));
            }
        }
        writer.into_inner().unwrap_or_default()
    }

    /// All sheets as one Parquet file, a row group each.
    ///
    /// # Errors
    /// When sheets do not have one shape.
    pub fn parquet(header: &[&str], sheets: &[Self]) -> Result<Vec<u8>> {
        let fields = sheets.first().map_or_else(
            || header.iter().map(|it| format!("required binary {it} (STRING);")).collect::<String>(),
            |first| first.columns.iter().zip(header).map(|(it, name)| it.schema(name)).collect(),
        );
        let schema = parse_message_type(&format!("message rollout {{ {fields} }}"))?;
        let properties = WriterProperties::builder().set_created_by("Fachwerk".to_owned()).build();
        let mut writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
        for sheet in sheets {
            let mut group = writer.next_row_group()?;
            let mut columns = sheet.columns.iter();
            while let (Some(column), Some(mut to)) = (columns.next(), group.next_column()?) {
                match column {
                    Column::Text(all) => {
                        let all: Vec<ByteArray> = all.iter().map(|it| it.as_str().into()).collect();
                        to.typed::<ByteArrayType>().write_batch(&all, None, None)?
                    }
                    Column::Days(all) => {
                        let all: Vec<i32> = all.iter().map(|it| i32::from(it.number()) + EPOCH).collect();
                        to.typed::<Int32Type>().write_batch(&all, None, None)?
                    }
                    Column::Whole(all) => to.typed::<Int64Type>().write_batch(all, None, None)?,
                    Column::Number(all) => {
                        let there: Vec<i16> = all.iter().map(|it| it.is_some().into()).collect();
                        let all: Vec<f64> = all.iter().copied().flatten().collect();
                        to.typed::<DoubleType>().write_batch(&all, Some(&there), None)?
                    }
                };
                to.close()?;
            }
            group.close()?;
        }
        writer.into_inner()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn a_file_reads_back() {
        let sheet = || Sheet {
            columns: vec![
                Column::Text(vec!["=1+1".to_owned(), "b, \"c\"".to_owned()]),
                Column::Days(vec!["2000-01-01".parse().unwrap(), "2026-02-13".parse().unwrap()]),
                Column::Whole(vec![1, 2]),
                Column::Number(vec![None, Some(45.5)]),
            ],
        };
        let header = ["text", "day", "whole", "number"];
        let csv = String::from_utf8(Sheet::csv(&header, &[sheet()])).unwrap();
        assert_eq!(csv, "text,day,whole,number\n'=1+1,2000-01-01,1,\n\"b, \"\"c\"\"\",2026-02-13,2,45.5\n");
        let bytes = Sheet::parquet(&header, &[sheet(), sheet()]).unwrap();
        let file = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
        let rows: Vec<String> = file.get_row_iter(None).unwrap().map(|it| it.unwrap().to_string()).collect();
        assert_eq!(rows.len(), 4);
        assert_eq!(rows[1], "{text: \"b, \"c\"\", day: 2026-02-13, whole: 2, number: 45.5}");
        assert!(Sheet::parquet(&header, &[]).unwrap().starts_with(b"PAR1"));
    }
}
