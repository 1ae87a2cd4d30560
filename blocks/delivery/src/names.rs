//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To open, fill and send submissions, and to read the replies to them.
    pub const SEND: Permission = Permission("delivery.send");
    /// To list and fetch submissions of destinations that one is linked to.
    pub const FETCH: Permission = Permission("delivery.fetch");
    /// To accept, forward or reject what one has fetched.
    pub const DECIDE: Permission = Permission("delivery.decide");
    /// To reply in a case of a destination that one is linked to.
    pub const REPLY: Permission = Permission("delivery.reply");
    /// To read the log of a case one is party of.
    pub const FOLLOW: Permission = Permission("delivery.follow");
    /// To sign events of the log; the node itself only.
    pub const SIGN: Permission = Permission("delivery.sign");
    /// To delete what has reached its term; the node itself only.
    pub const EXPIRE: Permission = Permission("delivery.expire");
    /// To see the public side of destinations, their keys and the keys of this node; everyone may.
    pub const LOOK_UP: Permission = Permission("delivery.look_up");
    /// To read destinations as a client or a clerk.
    pub const READ_DESTINATION: Permission = Permission("delivery.read_destination");
    /// To make destinations.
    pub const CREATE_DESTINATION: Permission = Permission("delivery.create_destination");
    /// To change destinations and keys one owns, and to say who fetches there.
    pub const MANAGE_DESTINATION: Permission = Permission("delivery.manage_destination");
    /// To administer the clients and destinations of one's tenant.
    pub const ADMINISTER: Permission = Permission("delivery.administer");
    /// To send callbacks; the node itself only.
    pub const CALL_BACK: Permission = Permission("delivery.call_back");

    pub const OF_SENDERS: &[Permission] = &[SEND, FOLLOW, READ_DESTINATION];
    pub const OF_SUBSCRIBERS: &[Permission] = &[FETCH, DECIDE, REPLY, FOLLOW, READ_DESTINATION];
    pub const OF_OWNERS: &[Permission] = &[READ_DESTINATION, CREATE_DESTINATION, MANAGE_DESTINATION];
    pub const OF_CLERKS: &[Permission] =
        &[READ_DESTINATION, CREATE_DESTINATION, MANAGE_DESTINATION, ADMINISTER];
    pub const OF_EVERYONE: &[Permission] = &[LOOK_UP];
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    pub const OPENED: Audit = Audit("delivery.opened");
    pub const ATTACHED: Audit = Audit("delivery.attached");
    pub const SUBMITTED: Audit = Audit("delivery.submitted");
    pub const DECIDED: Audit = Audit("delivery.decided");
    pub const REPLY_OPENED: Audit = Audit("delivery.reply_opened");
    pub const REPLY_SUBMITTED: Audit = Audit("delivery.reply_submitted");
    pub const REPLY_DECIDED: Audit = Audit("delivery.reply_decided");
    pub const NOTIFIED: Audit = Audit("delivery.notified");
    pub const EXPIRED: Audit = Audit("delivery.expired");
    pub const FORGOTTEN: Audit = Audit("delivery.forgotten");
    pub const SIGNED: Audit = Audit("delivery.signed");
    pub const DESTINATION_CREATED: Audit = Audit("delivery.destination_created");
    pub const DESTINATION_CHANGED: Audit = Audit("delivery.destination_changed");
    pub const DESTINATION_DELETED: Audit = Audit("delivery.destination_deleted");
    pub const KEY_ADDED: Audit = Audit("delivery.key_added");
    pub const CLIENT_HANDED_OVER: Audit = Audit("delivery.client_handed_over");
    pub const CLIENT_LINKED: Audit = Audit("delivery.client_linked");
    pub const CLIENT_UNLINKED: Audit = Audit("delivery.client_unlinked");
    pub const CALLED_BACK: Audit = Audit("delivery.called_back");
}

/// Errors.
pub mod fault {
    use kernel::{Code, Kind, Text};

    macro_rules! fault {
        ($($(#[$doc:meta])* $name:ident $code:literal $kind:ident $title_de:literal $title_en:literal $de:literal $en:literal)+) => {
            $($(#[$doc])* pub const $name: Code = Code {
                code: $code, kind: Kind::$kind,
                title: Text { de: $title_de, en: $title_en }, detail: Text { de: $de, en: $en },
            };)+
            /// All of them, for the reference.
            pub const ALL: &[Code] = &[$($name),+];
        };
    }

    fault! {
        // Submissions, events and replies.
        /// No such submission, or not visible to the caller.
        SUBMISSION_NOT_FOUND "delivery.submission_not_found" NotFound "Einreichung nicht gefunden" "Submission not found"
            "Die Einreichung {id} gibt es nicht, oder sie ist in diesem Zustand für Sie nicht sichtbar."
            "There is no submission {id}, or in its state it is not visible to you."
        /// No such attachment.
        ATTACHMENT_NOT_FOUND "delivery.attachment_not_found" NotFound "Anlage nicht gefunden" "Attachment not found"
            "Die Anlage {id} gehört nicht dazu oder wurde noch nicht hochgeladen."
            "The attachment {id} does not belong here or has not been uploaded yet."
        /// No such case, or the caller is no party of it.
        CASE_NOT_FOUND "delivery.case_not_found" NotFound "Vorgang nicht gefunden" "Case not found"
            "Den Vorgang {id} gibt es nicht, oder Sie sind nicht daran beteiligt."
            "There is no case {id}, or you are no party of it."
        /// No such reply.
        REPLY_NOT_FOUND "delivery.reply_not_found" NotFound "Antwort nicht gefunden" "Reply not found"
            "Die Antwort {id} gibt es nicht, oder sie ist in diesem Zustand für Sie nicht sichtbar."
            "There is no reply {id}, or in its state it is not visible to you."
        /// No such destination.
        DESTINATION_NOT_FOUND "delivery.destination_not_found" NotFound "Zustellpunkt nicht gefunden" "Destination not found"
            "Den Zustellpunkt {id} gibt es hier nicht. Prüfen Sie die `destinationId`."
            "There is no destination {id} here. Check the `destinationId`."
        /// The destination takes nothing at present.
        DESTINATION_STATE "delivery.destination_state_invalid" Unprocessable "Zustellpunkt nicht aktiv" "Destination not active"
            "Der Zustellpunkt {id} ist im Zustand „{state}“ und nimmt nichts entgegen. Er muss zuerst aktiviert werden."
            "The destination {id} is in state “{state}” and takes nothing. It has to be activated first."
        /// The client is not connected to the destination.
        NOT_LINKED "delivery.client_not_linked" Forbidden "Client nicht verbunden" "Client not connected"
            "Der Client ist nicht mit dem Zustellpunkt {id} verbunden. Verbinden Sie beide unter „Zustellung“ in der Verwaltung dieses Knotens."
            "The client is not connected to the destination {id}. Connect client and destination under “Delivery” in the administration of this node."
        /// The destination does not offer the public service.
        PUBLIC_SERVICE "delivery.public_service_not_offered" Unprocessable "Leistung nicht angeboten" "Public service not offered"
            "Der Zustellpunkt nimmt die Leistung „{identifier}“ nicht entgegen. Angeboten werden: {offered}"
            "The destination does not take submissions for “{identifier}”. It offers: {offered}"
        /// The token does not reach this far.
        SCOPE "delivery.scope_too_narrow" Forbidden "Zugriffstoken reicht nicht" "Token does not reach"
            "Keiner der Scopes des Zugriffstokens deckt diese Region und Leistung: {scopes}"
            "None of the scopes of the access token covers this region and public service: {scopes}"
        /// A field of the body is wrong.
        BAD_FIELD "delivery.bad_field" Invalid "Feld ungültig" "Field not valid"
            "Das Feld ist ungültig: {reason}" "The field is not valid: {reason}"
        /// Version 2 wants data.
        DATA_MISSING "delivery.data_missing" Unprocessable "Fachdaten fehlen" "Data missing"
            "`encryptedData` ist in Version 2 Pflicht." "`encryptedData` is mandatory in version 2."
        /// A part of a list that cannot be asked for.
        BAD_WINDOW "delivery.bad_window" Invalid "Ausschnitt ungültig" "Part of the list not valid"
            "`limit` ist eine Zahl von 1 bis 500, `offset` eine Zahl ab 0." "`limit` is a number from 1 to 500, `offset` a number from 0 on."
        /// Too many attachments.
        TOO_MANY_ATTACHMENTS "delivery.too_many_attachments" Unprocessable "Zu viele Anlagen" "Too many attachments"
            "{found} Anlagen sind angekündigt, höchstens {limit} sind erlaubt."
            "{found} attachments are announced, at most {limit} are allowed."
        /// The attachment was not announced.
        NOT_ANNOUNCED "delivery.attachment_not_announced" Unprocessable "Anlage nicht angekündigt" "Attachment not announced"
            "Die Anlage {id} steht nicht in `announcedAttachments`. Legen Sie eine neue Einreichung mit allen Anlagen an."
            "The attachment {id} is not in `announcedAttachments`. Open a new submission that announces all attachments."
        /// Announced attachments are missing.
        ATTACHMENTS_MISSING "delivery.attachments_missing" Unprocessable "Anlagen fehlen" "Attachments missing"
            "Diese angekündigten Anlagen wurden noch nicht hochgeladen: {missing}"
            "These announced attachments have not been uploaded yet: {missing}"
        /// Everything together is too large.
        SUBMISSION_TOO_LARGE "delivery.submission_too_large" TooLarge "Einreichung zu groß" "Submission too large"
            "Alle Anlagen zusammen dürfen höchstens {limit} Byte groß sein; mit dieser wären es {size}."
            "All attachments together may have at most {limit} bytes; with this one they would have {size}."
        /// Not a compact JWE.
        BAD_JWE "delivery.bad_jwe" Invalid "Kein gültiges JWE" "Not a valid JWE"
            "Erwartet wird ein JWE in kompakter Form (RSA-OAEP-256, A256GCM). {reason} (Segment {segment}, Byte {byte})"
            "Expected is a JWE in compact form (RSA-OAEP-256, A256GCM). {reason} (segment {segment}, byte {byte})"
        /// The content type inside the JWE header.
        BAD_CONTENT_TYPE "delivery.bad_content_type" Unprocessable "`cty` fehlt oder passt nicht" "`cty` missing or wrong"
            "Der JWE-Kopf muss `cty` application/json oder application/xml nennen, gefunden: {found}"
            "The JWE header must name `cty` application/json or application/xml, found: {found}"
        /// Compression is prohibited in version 2.
        COMPRESSED "delivery.compressed" Unprocessable "`zip` ist nicht erlaubt" "`zip` is prohibited"
            "Der JWE-Kopf darf kein `zip` enthalten. Verschlüsseln Sie ohne Kompression."
            "The JWE header must not contain `zip`. Encrypt without compression."
        /// Not in this state.
        WRONG_STATE "delivery.wrong_state" Conflict "Im falschen Zustand" "Wrong state"
            "Im Zustand „{state}“ ist das nicht möglich: {action}"
            "This is not possible in state “{state}”: {action}"
        /// The same request with other content.
        OTHER_CONTENT "delivery.already_submitted" Conflict "Bereits mit anderem Inhalt gesendet" "Already sent with other content"
            "Das wurde bereits mit anderem Inhalt gesendet und lässt sich nicht mehr ändern."
            "This has already been sent with other content and cannot be changed any more."
        /// The same request id with another request.
        OTHER_REQUEST "delivery.other_request" Conflict "Anfragenummer bereits benutzt" "Request id already used"
            "Die Anfragenummer {id} wurde schon für eine andere Anfrage benutzt."
            "The request id {id} was already used for another request."
        /// A SET that breaks a rule.
        BAD_EVENT "delivery.invalid_set" Invalid "Ereignis ungültig" "Event not valid"
            "Das Security Event Token ist ungültig: {reason}" "The security event token is not valid: {reason}"
        /// A SET that is well formed, but says what does not hold.
        EVENT_REFUSED "delivery.event_refused" Unprocessable "Ereignis abgelehnt" "Event refused"
            "Das Ereignis passt nicht zum Vorgang: {reason}" "The event does not fit the case: {reason}"
        /// A SET that was seen before.
        EVENT_REPLAYED "delivery.event_replayed" Conflict "Ereignis schon bekannt" "Event already known"
            "Ein Ereignis mit der `jti` {jti} steht schon im Protokoll. Jedes Ereignis braucht eine neue."
            "An event with the `jti` {jti} is in the log already. Each event needs a new one."
        /// The node has not signed yet.
        SIGNING "delivery.signing" Unavailable "Signatur steht noch aus" "Signature still pending"
            "Der Knoten signiert das Protokoll gerade noch. Bitte in einer Sekunde erneut versuchen."
            "The node is still signing the log. Please try again in a second."
        // Destinations, keys and clients.
        /// A destination that is not right.
        BAD_DESTINATION "delivery.bad_destination" Invalid "Zustellpunkt fehlerhaft" "Destination not right"
            "Der Zustellpunkt wurde nicht gespeichert. Beheben Sie: {reasons}"
            "The destination was not stored. Mend: {reasons}"
        /// A status that cannot follow the present one.
        STATUS_REFUSED "delivery.status_refused" Conflict "Status nicht möglich" "Status not possible"
            "Vom Status „{from}“ führt kein Weg zu „{to}“. Der Weg ist: created, active, inactive (und zurück), decommissioned."
            "No way leads from status “{from}” to “{to}”. The way is: created, active, inactive (and back), decommissioned."
        /// Somebody else was faster.
        CHANGED_MEANWHILE "delivery.changed_meanwhile" Conflict "Inzwischen geändert" "Changed meanwhile"
            "Der Zustellpunkt wurde gerade von anderer Seite geändert. Bitte neu laden und wiederholen."
            "The destination has just been changed by somebody else. Please reload and repeat."
        /// Submissions wait at the destination.
        DESTINATION_BUSY "delivery.destination_busy" Conflict "Einreichungen offen" "Submissions open"
            "Bei diesem Zustellpunkt sind noch {open} Einreichungen offen. Nehmen Sie sie an oder weisen Sie sie zurück; danach lässt er sich löschen."
            "{open} submissions are still open at this destination. Accept or reject them; then it can be deleted."
        /// Somebody else's destination.
        NOT_OWNER "delivery.not_owner" Forbidden "Nicht Ihr Zustellpunkt" "Not your destination"
            "Den Zustellpunkt {id} verwaltet ein anderer Client, oder das Zugriffstoken reicht nicht so weit."
            "The destination {id} is managed by another client, or the access token does not reach this far."
        /// Too many destinations of one owner.
        TOO_MANY_DESTINATIONS "delivery.too_many_destinations" Forbidden "Zu viele Zustellpunkte" "Too many destinations"
            "Mehr als {limit} Zustellpunkte sind je Eigentümer nicht erlaubt. Löschen Sie nicht mehr benötigte."
            "More than {limit} destinations for each owner are not allowed. Delete those no longer needed."
        /// A key or its certificates are refused.
        KEY_REFUSED "delivery.key_refused" Invalid "Schlüssel abgelehnt" "Key refused"
            "Der Schlüssel wurde abgelehnt. Beheben Sie: {reasons}"
            "The key was refused. Mend: {reasons}"
        /// The encryption key has become unfit.
        KEY_UNFIT "delivery.key_unfit" Conflict "Schlüssel nicht verwendbar" "Key not usable"
            "Mit dem Verschlüsselungsschlüssel {kid} kann der Zustellpunkt nicht aktiv sein: {reasons}"
            "The destination cannot be active with the encryption key {kid}: {reasons}"
        /// Another key has this id.
        KEY_EXISTS "delivery.key_exists" Conflict "Schlüssel-ID vergeben" "Key id taken"
            "Unter der `kid` {kid} gibt es bei diesem Zustellpunkt schon einen anderen Schlüssel. Jeder Schlüssel braucht eine neue."
            "This destination has another key with the `kid` {kid} already. Each key needs a new one."
        /// No such key.
        KEY_NOT_FOUND "delivery.key_not_found" NotFound "Schlüssel nicht gefunden" "Key not found"
            "Den Schlüssel {kid} gibt es bei diesem Zustellpunkt nicht."
            "There is no key {kid} at this destination."
        /// Too many keys of one destination.
        TOO_MANY_KEYS "delivery.too_many_keys" Forbidden "Zu viele Schlüssel" "Too many keys"
            "Ein Zustellpunkt hat höchstens {limit} Schlüssel. Legen Sie einen neuen Zustellpunkt an."
            "A destination has at most {limit} keys. Make a new destination."
        /// No such client.
        CLIENT_NOT_FOUND "delivery.client_not_found" NotFound "Client nicht gefunden" "Client not found"
            "Den Client {id} gibt es hier nicht. Prüfen Sie die `clientId`."
            "There is no client {id} here. Check the `clientId`."
        /// A client that is not right.
        BAD_CLIENT "delivery.bad_client" Invalid "Client fehlerhaft" "Client not right"
            "Der Client wurde nicht gespeichert. Beheben Sie: {reasons}"
            "The client was not stored. Mend: {reasons}"
        /// Only subscribers can be linked.
        NOT_A_SUBSCRIBER "delivery.not_a_subscriber" Conflict "Client holt nicht ab" "Client does not fetch"
            "Der Client {id} hat die Rolle „subscriber“ nicht. Nur abholende Clients werden verbunden."
            "The client {id} does not have the role “subscriber”. Only clients that fetch are linked."
        /// A file of trusted certificates cannot be read.
        TRUST_FILE "delivery.trust_file" Unavailable "Zertifikatsdatei nicht lesbar" "Certificate file not readable"
            "Die Datei {file} aus [blocks.delivery] ist nicht lesbar oder enthält kein Zertifikat und keine Sperrliste (PEM oder DER)."
            "The file {file} of [blocks.delivery] is not readable or contains no certificate and no revocation list (PEM or DER)."
    }
}
