//! Which event leads from which state to which (FIT-Connect, states of submissions; replies go the same way).

use crate::{model::State, names::fault};
use fitconnect::event::EventKind;
use kernel::Result;

/// The state after an event, or a refusal that names the state.
pub fn after(state: State, event: EventKind) -> Result<State> {
    use EventKind as E;
    use State as S;
    match (event, state) {
        (E::SubmitSubmission | E::SubmitReply, S::Incomplete) => Ok(S::Submitted),
        (E::ForwardSubmission, S::Submitted) => Ok(S::Forwarded),
        (E::AcceptSubmission, S::Submitted | S::Forwarded) | (E::AcceptReply, S::Submitted) => {
            Ok(S::Accepted)
        }
        (E::RejectSubmission, S::Submitted | S::Forwarded) | (E::RejectReply, S::Submitted) => {
            Ok(S::Rejected)
        }
        // What waits to be fetched is never deleted: it is rejected first.
        (E::DeleteSubmission | E::DeleteReply, S::Incomplete | S::Accepted | S::Rejected) => Ok(S::Deleted),
        _ => Err(fault::WRONG_STATE.with("state", state).with("action", event.name())),
    }
}

/// Whether the receiving side may see a submission in this state.
pub const fn waits(state: State) -> bool {
    matches!(state, State::Submitted | State::Forwarded)
}

/// Whether the receiving side may see a reply in this state: a reader comes back to what it has accepted.
pub const fn reply_is_readable(state: State) -> bool {
    matches!(state, State::Submitted | State::Accepted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use State as S;

    #[test]
    fn every_pair_of_state_and_event_is_decided() {
        let allowed = [
            (S::Incomplete, "submit-submission", S::Submitted),
            (S::Incomplete, "delete-submission", S::Deleted),
            (S::Submitted, "forward-submission", S::Forwarded),
            (S::Submitted, "accept-submission", S::Accepted),
            (S::Submitted, "reject-submission", S::Rejected),
            (S::Forwarded, "accept-submission", S::Accepted),
            (S::Forwarded, "reject-submission", S::Rejected),
            (S::Accepted, "delete-submission", S::Deleted),
            (S::Rejected, "delete-submission", S::Deleted),
            (S::Incomplete, "submit-reply", S::Submitted),
            (S::Incomplete, "delete-reply", S::Deleted),
            (S::Submitted, "accept-reply", S::Accepted),
            (S::Submitted, "reject-reply", S::Rejected),
            (S::Accepted, "delete-reply", S::Deleted),
            (S::Rejected, "delete-reply", S::Deleted),
        ];
        for state in State::ALL {
            for event in EventKind::ALL {
                let expected = allowed.iter().find(|it| it.0 == state && it.1 == event.name()).map(|it| it.2);
                assert_eq!(after(state, *event).ok(), expected, "{state} {}", event.name());
            }
        }
    }

    #[test]
    fn only_what_waits_is_visible() {
        let visible: Vec<_> = State::ALL.into_iter().filter(|it| waits(*it)).collect();
        assert_eq!(visible, [S::Submitted, S::Forwarded]);
    }
}
