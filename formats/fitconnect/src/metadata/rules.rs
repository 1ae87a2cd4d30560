//! What the metadata schemas 1.0.0 and 2.1.0 demand, in our own words as data.

use super::check::Kind;

/// An object: its known members, whether others are allowed, whether it must have exactly one.
#[derive(Debug)]
pub(super) struct Shape {
    pub members: &'static [Member],
    pub closed: bool,
    pub exactly_one: bool,
}

#[derive(Debug)]
pub(super) struct Member {
    pub name: &'static str,
    pub required: bool,
    pub kind: Kind,
}

#[derive(Debug)]
pub(super) enum TextRule {
    OneOf(&'static [&'static str]),
    Length(usize, usize),
    Uuid,
    Uri,
    Email,
    Date,
    DateTime,
    Sha512,
    MimeType,
    Word,
    Base64Url,
    Digits(usize),
    Version,
    Urn,
    /// Whether it may be empty.
    FinkAddress(bool),
    PgpKey,
    SignatureValue,
    Schema,
}

use TextRule as R;

const MANY: usize = usize::MAX;

const fn open(members: &'static [Member]) -> Shape {
    Shape { members, closed: false, exactly_one: false }
}

const fn must(name: &'static str, kind: Kind) -> Member {
    Member { name, required: true, kind }
}

const fn may(name: &'static str, kind: Kind) -> Member {
    Member { name, required: false, kind }
}

const fn text(rules: &'static [TextRule]) -> Kind {
    Kind::Text(rules)
}

const fn list(item: &'static Kind) -> Kind {
    Kind::List { item, least: 0, unique: false }
}

const HASH: Shape =
    open(&[must("type", text(&[R::OneOf(&["sha512"])])), must("content", text(&[R::Sha512]))]);

const PROFILES: &[&str] = &[
    "http://uri.etsi.org/ades/191x2/level/baseline/B-B#",
    "http://uri.etsi.org/ades/191x2/level/baseline/B-T#",
    "http://uri.etsi.org/ades/191x2/level/baseline/B-LT#",
    "http://uri.etsi.org/ades/191x2/level/baseline/B-LTA#",
];

const SIGNATURE: Shape = open(&[
    must("signatureFormat", text(&[R::OneOf(&["cms", "xml", "pdf", "asic", "json"])])),
    must("detachedSignature", Kind::Flag),
    may("eidasAdesProfile", text(&[R::OneOf(PROFILES)])),
    may("content", text(&[R::SignatureValue])),
]);

const DATA: Shape = open(&[
    must("hash", Kind::Object(&HASH)),
    must(
        "submissionSchema",
        Kind::Object(&open(&[
            must("schemaUri", text(&[R::Uri])),
            must("mimeType", text(&[R::OneOf(&["application/json", "application/xml"])])),
        ])),
    ),
    may("signature", Kind::Object(&SIGNATURE)),
]);

/// Only the purposes differ between the versions, and the fragments of version 2.
macro_rules! attachment {
    ($($purpose:literal)* ; $($further:expr),*) => {
        Kind::Object(&open(&[
            must("hash", Kind::Object(&HASH)),
            must("purpose", text(&[R::OneOf(&[$($purpose),*])])),
            must("mimeType", text(&[R::MimeType])),
            must("attachmentId", text(&[R::Uuid])),
            may("signature", Kind::Object(&SIGNATURE)),
            may("filename", text(&[])),
            may("description", text(&[])),
            $($further),*
        ]))
    };
}

const FRAGMENTS: Kind = Kind::List { item: &text(&[R::Uuid]), least: 1, unique: true };

const METHODS: &[&str] = &["GIROPAY", "PAYDIRECT", "CREDITCARD", "PAYPAL", "INVOICE", "OTHER"];

const PAYMENT: Shape = open(&[
    must("transactionReference", text(&[])),
    must("transactionId", text(&[R::Length(1, 36), R::Word])),
    must("paymentMethod", text(&[R::OneOf(METHODS)])),
    must("status", text(&[R::OneOf(&["INITIAL", "BOOKED", "FAILED", "CANCELED"])])),
    may("transactionUrl", text(&[R::Length(1, MANY), R::Uri])),
    may("transactionTimestamp", text(&[R::DateTime])),
    may("paymentMethodDetail", text(&[R::Length(1, 36), R::Word])),
    may("grossAmount", Kind::Amount),
]);

const E_MAIL: Kind =
    Kind::Object(&open(&[must("address", text(&[R::Email])), may("pgpPublicKey", text(&[R::PgpKey]))]));

const DE_MAIL: Kind = Kind::Object(&open(&[must("address", text(&[R::Email]))]));

const fn fink(address: &'static [TextRule]) -> [Member; 2] {
    [must("finkPostfachRef", text(address)), may("host", text(&[R::Uri]))]
}

const fn elster(account: &'static [TextRule], reference: &'static [TextRule]) -> [Member; 3] {
    [
        must("accountId", text(account)),
        may("lieferTicket", text(&[])),
        may("geschaeftszeichen", text(reference)),
    ]
}

const REPLY_KEY: Shape = open(&[
    must("kty", text(&[R::OneOf(&["RSA"])])),
    must("key_ops", list(&text(&[R::OneOf(&["wrapKey"])]))),
    must("alg", text(&[R::OneOf(&["RSA-OAEP-256"])])),
    must("kid", text(&[R::Length(8, 64)])),
    must("n", text(&[R::Length(683, MANY)])),
    must("e", text(&[R::OneOf(&["AQAB"])])),
]);

const FIT_CONNECT: Shape = open(&[
    must("processStandards", Kind::List { item: &text(&[R::Uri]), least: 1, unique: false }),
    must("encryptionPublicKey", Kind::Object(&REPLY_KEY)),
]);

const REPLY_V2: Shape = Shape {
    members: &[
        may("eMail", E_MAIL),
        may("deMail", DE_MAIL),
        may("fink", Kind::Object(&open(&fink(&[R::Length(0, 150), R::FinkAddress(false)])))),
        may("elster", Kind::Object(&open(&elster(&[], &[R::Length(0, 60)])))),
        may("fitConnect", Kind::Object(&FIT_CONNECT)),
        may("idBundDeMailbox", Kind::Object(&open(&[must("mailboxUuid", text(&[R::Uuid]))]))),
    ],
    closed: false,
    exactly_one: true,
};

const REPLY_V1: Shape = Shape {
    members: &[
        may("eMail", E_MAIL),
        may("deMail", DE_MAIL),
        may("fink", Kind::Object(&open(&fink(&[R::Length(0, 150), R::FinkAddress(true)])))),
        may("elster", Kind::Object(&open(&elster(&[R::Digits(10)], &[R::Length(0, 10)])))),
    ],
    closed: false,
    exactly_one: true,
};

const REFERENCES_V2: Shape = Shape {
    members: &[
        may("senderReference", text(&[])),
        may("applicationDate", text(&[R::Date])),
        may("idBundDeApplicationId", text(&[R::Uuid])),
        may("zustimmungZumDigitalenBescheid", Kind::Flag),
    ],
    closed: true,
    exactly_one: false,
};

const REFERENCES_V1: Shape =
    open(&[may("senderReference", text(&[])), may("applicationDate", text(&[R::Date]))]);

const AUTHOR: Shape = open(&[
    must("name", text(&[])),
    may("description", text(&[])),
    may("url", text(&[])),
    must(
        "product",
        Kind::Object(&open(&[
            must("name", text(&[])),
            must("version", text(&[])),
            must("manufacturer", text(&[])),
            may("description", text(&[])),
        ])),
    ),
]);

const DATA_SET: Shape = open(&[
    must("dataSetId", text(&[R::Uuid])),
    must(
        "schema",
        Kind::Object(&open(&[
            must("schemaUri", text(&[R::Uri])),
            must("mimeType", text(&[R::OneOf(&["application/json", "application/xml", "application/jose"])])),
        ])),
    ),
    must("hash", Kind::Object(&HASH)),
    must("content", Kind::Any),
    may("description", text(&[])),
]);

/// Metadata 2.x, after 2.1.0.
pub(super) const V2: Shape = open(&[
    must("$schema", text(&[R::Schema])),
    must(
        "contentStructure",
        Kind::Object(&open(&[
            must("data", Kind::Object(&DATA)),
            must(
                "attachments",
                list(&attachment!("form" "attachment" "report" "data"; may("fragments", FRAGMENTS))),
            ),
        ])),
    ),
    may("paymentInformation", Kind::Object(&PAYMENT)),
    may("replyChannel", Kind::Object(&REPLY_V2)),
    may("additionalReferenceInfo", Kind::Object(&REFERENCES_V2)),
    may("author", Kind::Object(&AUTHOR)),
    may("dataSets", list(&Kind::Object(&DATA_SET))),
]);

const SERVICE_TYPE: Shape = open(&[
    must("identifier", text(&[R::Length(7, 255), R::Urn])),
    may("name", text(&[])),
    may("description", text(&[])),
]);

const IDENTIFICATION: Shape = open(&[
    must("type", text(&[R::OneOf(&["identificationReport"])])),
    must("version", text(&[R::Version])),
    must("content", text(&[R::Base64Url])),
]);

/// Metadata 1.0.0.
pub(super) const V1: Shape = open(&[
    must(
        "contentStructure",
        Kind::Object(&open(&[
            may("data", Kind::Object(&DATA)),
            must("attachments", list(&attachment!("form" "attachment" "report";))),
        ])),
    ),
    may("publicServiceType", Kind::Object(&SERVICE_TYPE)),
    may("paymentInformation", Kind::Object(&PAYMENT)),
    may("replyChannel", Kind::Object(&REPLY_V1)),
    may("additionalReferenceInfo", Kind::Object(&REFERENCES_V1)),
    may(
        "authenticationInformation",
        Kind::List { item: &Kind::Object(&IDENTIFICATION), least: 1, unique: false },
    ),
]);

/// Metadata 1.1 to 1.x, of which we have no schema: only what both neighbours demand, and the reply ways of both.
pub(super) const V1_LATER: Shape = open(&[
    must(
        "contentStructure",
        Kind::Object(&open(&[
            may("data", Kind::Object(&DATA)),
            must(
                "attachments",
                list(&attachment!("form" "attachment" "report" "data"; may("fragments", FRAGMENTS))),
            ),
        ])),
    ),
    may("publicServiceType", Kind::Object(&SERVICE_TYPE)),
    may("paymentInformation", Kind::Object(&PAYMENT)),
    may("replyChannel", Kind::Object(&REPLY_V2)),
]);
