use crate::{Fault, written::Converted};
use tree::Limits;

pub(crate) fn convert(_content: &[u8], _limits: &Limits) -> Result<Converted, Fault> {
    Ok(Converted { text: String::new(), places: crate::places::Places::default() })
}
