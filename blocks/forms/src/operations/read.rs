//! Reads the form files: those the product ships, then those of the operator.

use crate::{
    config::Config,
    model::{Shelf, Shelved},
};
use form::{Fault, Form, Words};
use std::{fs, path::Path, sync::Arc};

/// The forms that the product ships.
const SHIPPED: &[(&str, &str)] = &[
    ("wohnsitzanmeldung.json", include_str!("../../../../data/forms/wohnsitzanmeldung.json")),
    ("ehrenamtskarte.json", include_str!("../../../../data/forms/ehrenamtskarte.json")),
];

/// The largest form file, bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

/// All form files.
pub(super) fn shelf(config: &Config) -> Shelf {
    let mut shelf = Shelf::default();
    for (file, text) in SHIPPED.iter().filter(|_| config.shipped) {
        add(&mut shelf, file, true, Ok((*text).to_owned()));
    }
    if let Some(folder) = &config.folder {
        own(&mut shelf, folder);
    }
    for file in &shelf.files {
        for fault in file.form.as_ref().err().into_iter().flatten() {
            tracing::warn!(
                file = fault.file,
                place = fault.pointer,
                fault = fault.text.en,
                "a form file is not right"
            );
        }
    }
    shelf
}

fn own(shelf: &mut Shelf, folder: &Path) {
    // A folder that is not there is no fault: most nodes begin with the shipped forms.
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.retain(|it| it.extension().is_some_and(|it| it.eq_ignore_ascii_case("json")));
    paths.sort();
    for path in paths {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let small = fs::metadata(&path).is_ok_and(|it| it.len() <= LARGEST);
        let text = if small {
            fs::read_to_string(&path).map_err(|it| {
                let de =
                    format!("Die Datei ist nicht lesbar ({it}). Sie muss UTF-8 enthalten und lesbar sein.");
                Words {
                    de,
                    en: format!("The file cannot be read ({it}). It must hold UTF-8 and be readable."),
                }
            })
        } else {
            let de =
                "Die Datei ist größer als 4 MiB oder nicht lesbar. Teilen Sie das Formular auf.".to_owned();
            Err(Words { de, en: "The file is larger than 4 MiB or not readable. Split the form.".to_owned() })
        };
        add(shelf, &file, false, text);
    }
}

fn add(shelf: &mut Shelf, file: &str, shipped: bool, text: Result<String, Words>) {
    let fault =
        |pointer: &str, text| vec![Fault { file: file.to_owned(), pointer: pointer.to_owned(), text }];
    let form = match text {
        Err(words) => Err(fault("", words)),
        Ok(text) => match Form::read(file, &text) {
            Ok(it) if shelf.version(&it.form, it.version).is_some() => {
                let de = "Dieses Formular gibt es in dieser Fassung schon. Erhöhen Sie „version“.".to_owned();
                let en = "This form exists in this version already. Raise “version”.".to_owned();
                Err(fault("/version", Words { de, en }))
            }
            Ok(it) => Ok(Arc::new(it)),
            Err(faults) => Err(faults),
        },
    };
    shelf.files.push(Shelved { file: file.to_owned(), shipped, form });
}
