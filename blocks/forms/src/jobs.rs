//! What the block does by the clock.

use crate::Forms;
use kernel::{DAY, Job};

pub(crate) fn jobs(forms: &Forms) -> Vec<Job> {
    let forms = forms.clone();
    vec![Job::new("forms.tidy", DAY, move |ctx| {
        let forms = forms.clone();
        async move { forms.tidy(&ctx).await }
    })]
}
