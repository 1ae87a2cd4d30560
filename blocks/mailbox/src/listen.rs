//! What the block does when delivery or identity tells something.

use crate::Mailbox;
use kernel::{Event, Listener};
use ports::{
    delivery::{CaseEventAppended, ReplySubmitted},
    identity::PersonRemoved,
};

pub(crate) fn listeners(mailbox: &Mailbox) -> Vec<Listener> {
    let (replies, events, people) = (mailbox.clone(), mailbox.clone(), mailbox.clone());
    vec![
        Listener::new(ReplySubmitted::TOPIC, move |ctx, envelope| {
            let mailbox = replies.clone();
            async move { mailbox.take_in(&ctx, &envelope.id, &envelope.read()?).await }
        }),
        Listener::new(CaseEventAppended::TOPIC, move |ctx, envelope| {
            let mailbox = events.clone();
            async move { mailbox.note(&ctx, &envelope.id, &envelope.read()?).await }
        }),
        Listener::new(PersonRemoved::TOPIC, move |ctx, envelope| {
            let mailbox = people.clone();
            async move {
                let removed: PersonRemoved = envelope.read()?;
                mailbox.forget_person(&ctx, &removed.person).await
            }
        }),
    ]
}
