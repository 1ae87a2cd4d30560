//! Model cards: Markdown with front matter (as Hugging Face has it), `CycloneDX`, and the AI profile of SPDX 3.

mod bill;
mod markdown;
#[cfg(test)]
mod tests;
mod text;

use crate::{Observation, Question, Read, Said, Subject};
use std::sync::Arc;

/// Looks at the model cards of a file.
pub(crate) fn observe(read: &Read<'_>, _question: &Question<'_>, to: &mut Vec<Observation>) {
    match (read.tree, std::str::from_utf8(read.content)) {
        (Some(tree), _) => bill::look(read, tree.root(), to),
        (None, Ok(content)) => markdown::look(read, content, to),
        (None, Err(_)) => {}
    }
}

/// What a model card should tell.
struct Topic {
    check: &'static str,
    de: &'static str,
    en: &'static str,
}

const DESCRIPTION: Topic = Topic {
    check: "modelcard.description",
    de: "eine Beschreibung des Modells",
    en: "a description of the model",
};
const LICENCE: Topic = Topic { check: "modelcard.licence", de: "die Lizenz", en: "the licence" };
const DATA_ORIGIN: Topic = Topic {
    check: "modelcard.data_origin",
    de: "die Herkunft der Trainingsdaten",
    en: "the origin of the training data",
};
const INTENDED_USE: Topic =
    Topic { check: "modelcard.intended_use", de: "der vorgesehene Einsatz", en: "the intended use" };
const LIMITS: Topic = Topic { check: "modelcard.limits", de: "Grenzen und Risiken", en: "limits and risks" };
const EVALUATION: Topic = Topic {
    check: "modelcard.evaluation",
    de: "die Bewertung mit Ergebnissen",
    en: "the evaluation with its results",
};
const BASE_MODEL: Topic =
    Topic { check: "modelcard.base_model", de: "das Ausgangsmodell", en: "the base model" };
const LANGUAGE: Topic = Topic { check: "modelcard.language", de: "die Sprachen", en: "the languages" };
const ENVIRONMENT: Topic = Topic {
    check: "modelcard.environment",
    de: "der Energieverbrauch oder CO₂-Ausstoß",
    en: "the energy use or CO₂ emissions",
};

impl Topic {
    /// It is told here.
    fn told(&self, subject: &Arc<Subject>, to: &mut Vec<Observation>) {
        let reason = Said::made(format!("Angegeben ist: {}.", self.de), format!("Given is: {}.", self.en));
        to.push(Observation::met(self.check, subject, reason));
    }

    /// It is told nowhere; `why` says more, such as that only a placeholder stands there.
    fn untold(&self, subject: &Arc<Subject>, why: (&str, &str), to: &mut Vec<Observation>) {
        let reason = Said::made(
            format!("Nicht angegeben ist: {}{}.", self.de, why.0),
            format!("Not given is: {}{}.", self.en, why.1),
        );
        to.push(Observation::absent(self.check, subject, reason, Said::made(self.de, self.en)));
    }
}
