//! The ids that more than one block speaks of. A wrong id does not compile.

kernel::id! {
    /// A destination (Zustellpunkt): where submissions of some public services and regions are delivered to.
    DestinationId
}
kernel::id! {
    /// A case (Vorgang): what a first submission opened, with its event log.
    CaseId
}
kernel::id! {
    /// A submission (Einreichung).
    SubmissionId
}
kernel::id! {
    /// An attachment (Anlage), or a fragment of one; the sender chooses it.
    AttachmentId
}
kernel::id! {
    /// A reply (Antwort) of an office in a case.
    ReplyId
}
