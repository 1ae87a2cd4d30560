//! What the parser says, in plain words and with the cure.

/// A sign in the words of the parser, and what it means in German and in English.
type Meaning = (&'static str, &'static str, &'static str);

/// The first that fits counts.
const MEANINGS: &[Meaning] = &[
    (
        "indentation in quoted scalar",
        "Die Fortsetzung eines Textes in Anführungszeichen muss weiter eingerückt sein als ihr Schlüssel; rücken Sie die Folgezeilen ein",
        "the continuation of a text in quotation marks has to be indented further than its key; indent the lines that follow",
    ),
    (
        "end of stream",
        "Ein Text in Anführungszeichen endet nicht; setzen Sie das schließende Zeichen",
        "a text in quotation marks does not end; put the closing mark",
    ),
    (
        "document indicator",
        "In einem Text in Anführungszeichen beginnt eine Zeile mit --- oder ...; rücken Sie sie ein",
        "in a text in quotation marks a line begins with --- or ...; indent it",
    ),
    (
        "unknown escape character",
        "Nach einem \\ steht ein Zeichen, das keine Bedeutung hat; schreiben Sie \\\\ oder setzen Sie den Text in '…'",
        "a character without a meaning follows a \\; write \\\\ or put the text in '…'",
    ),
    (
        "after double-quoted scalar",
        "Nach dem schließenden Anführungszeichen steht noch etwas; schreiben Sie \\\" für ein Zeichen im Text",
        "something follows the closing quotation mark; write \\\" for a mark within the text",
    ),
    (
        "unprintable character",
        "Hier steht ein Steuerzeichen; entfernen Sie es",
        "a control character stands here; remove it",
    ),
    (
        "tab",
        "Ein Tabulator steht, wo eingerückt wird; nehmen Sie Leerzeichen",
        "a tab stands where lines are indented; use spaces",
    ),
    (
        "mapping values are not allowed",
        "Ein Doppelpunkt steht, wo keiner stehen kann; setzen Sie den Text in Anführungszeichen oder prüfen Sie die Einrückung",
        "a colon stands where none can; put the text in quotation marks or check the indentation",
    ),
    (
        "flow sequence",
        "In einer Liste in [ ] fehlt ein Komma oder die Klammer am Ende",
        "in a list in [ ] a comma or the bracket at the end is missing",
    ),
    (
        "flow mapping",
        "In einer Zuordnung in { } fehlt ein Komma oder die Klammer am Ende",
        "in a mapping in { } a comma or the bracket at the end is missing",
    ),
    (
        "misplaced bracket",
        "Eine schließende Klammer hat keine öffnende",
        "a closing bracket has no opening one",
    ),
    (
        "invalid indentation",
        "Die Zeile muss weiter eingerückt sein als der Schlüssel, zu dem sie gehört; das gilt auch für schließende Klammern",
        "the line has to be indented further than the key it belongs to; closing brackets too",
    ),
    (
        "wrongly indented",
        "Die Zeile ist anders eingerückt als die erste des Textblocks",
        "the line is indented otherwise than the first of its block of text",
    ),
    (
        "did not find expected key",
        "Hier müsste ein Schlüssel stehen, so weit eingerückt wie der vorige",
        "a key should stand here, indented as far as the one before",
    ),
    (
        "expected '-' indicator",
        "Hier müsste ein weiterer Punkt der Liste mit - beginnen",
        "another item of the list should begin here with -",
    ),
    ("simple key expect", "Nach dem Schlüssel fehlt der Doppelpunkt", "the colon after the key is missing"),
    ("duplicated anchor", "Ein Anker ist zweimal vergeben", "an anchor is given twice"),
    (
        "unknown anchor",
        "Der Anker, auf den hier verwiesen wird, steht nicht davor",
        "the anchor referred to here does not stand before it",
    ),
];

/// What it means; the words of the parser where no meaning is known, which are English.
pub(crate) fn meaning(said: &str, de: bool) -> String {
    match MEANINGS.iter().find(|(sign, ..)| said.contains(sign)) {
        Some((_, german, english)) => if de { german } else { english }.to_string(),
        None if de => format!("Der Leser meldet auf Englisch „{said}“"),
        None => said.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::{Limits, Tree};

    fn check(text: &str, german: &str, english: &str) {
        let fault = Tree::read(text.as_bytes(), &Limits::default()).err().unwrap();
        assert_eq!(fault.wording(true), german);
        assert_eq!(fault.to_string(), english);
    }

    #[test]
    fn a_fault_says_how_to_mend_it() {
        check(
            "info:\n  description: \"one\n<br>\n  \"\n",
            "Das ist kein YAML: Die Fortsetzung eines Textes in Anführungszeichen muss weiter eingerückt sein als ihr Schlüssel; \
             rücken Sie die Folgezeilen ein.",
            "2:16: This is no YAML: the continuation of a text in quotation marks has to be indented further than its key; indent \
             the lines that follow.",
        );
        check(
            "a:\n  b: {\n    \"c\": \"1\"\n  }\n  d: 1\n",
            "Das ist kein YAML: Die Zeile muss weiter eingerückt sein als der Schlüssel, zu dem sie gehört; das gilt auch für \
             schließende Klammern.",
            "4:3: This is no YAML: the line has to be indented further than the key it belongs to; closing brackets too.",
        );
    }

    #[test]
    fn every_meaning_is_in_two_languages_and_reached() {
        for (index, (sign, german, english)) in super::MEANINGS.iter().enumerate() {
            assert_ne!(german, english);
            assert_eq!(
                super::meaning(&format!("… {sign} …"), true),
                **german,
                "{index} is hidden by one before it"
            );
        }
        assert_eq!(super::meaning("huh", true), "Der Leser meldet auf Englisch „huh“");
    }
}
