//! The bodies of the HTTP interfaces: Submission API 1.1.3, version 2 as observed in June 2026, Destination API,
//! Routing API 2.0.0, tokens and callbacks.
//!
//! Bodies that clients send are read leniently and judged afterwards: a missing text is empty until `check` names
//! it with a JSON pointer, so that one answer lists everything that has to be mended. Where version 1 and 2 differ,
//! the version 2 shape is the one to work with and converts from and to version 1.

mod callback;
mod check;
mod destination;
mod oauth;
mod problem;
mod reply;
mod routing;
mod submission;

pub use callback::{
    CALLBACK_PREFIX, CallbackKind, MAX_CALLBACK_AGE, NewReplies, NewSubmissions, sign_callback,
    verify_callback,
};
pub use check::{Demands, Page, Rule, WireFault, is_region, is_urn, is_version};
pub(crate) use check::{is_email, is_uri};
pub use destination::{
    Callback, ContactInformation, CreateCallback, CreateDestination, DestinationListV1, DestinationListV2,
    DestinationStatus, MimeType, PatchDestination, PrivateDestinationV1, PrivateDestinationV2,
    PublicDestinationV1, PublicDestinationV2, PublicServiceOffer, SubmissionSchema, UpdateDestination,
};
pub use oauth::{SCOPE_PREFIX, TokenAnswer, TokenFault, TokenRequest};
pub use problem::{PROBLEM_PREFIX, ProblemDetails};
pub use reply::{CreateReply, Reply, ReplyCreated, ReplyForPickup, ReplyList, SubmitReply};
pub use routing::{
    Area, Areas, ContactPerson, PostalAddress, ProcessingDuration, Route, Routes, RoutingInfo, SignedOffer,
    SignedRoute, StreetAddress,
};
pub use submission::{
    ApiVersion, CreateSubmissionV1, CreateSubmissionV2, EventLog, Info, MAX_ATTACHMENTS, PublicService,
    ShapesOfSubmission, SubmissionCreated, SubmissionForPickup, SubmissionList, SubmissionReducedV1,
    SubmissionReducedV2, SubmissionV1, SubmissionV2, SubmitSubmission, Version, check_attachment,
};
