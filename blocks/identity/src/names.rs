//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;

    /// To sign in; everyone may try.
    pub const SIGN_IN: Permission = Permission("identity.sign_in");
    /// To see and change one's own account.
    pub const OWN_ACCOUNT: Permission = Permission("identity.own_account");
    /// To recognise credentials; the node itself only.
    pub const RECOGNISE: Permission = Permission("identity.recognise");
    /// To see the people of a tenant.
    pub const READ_PEOPLE: Permission = Permission("identity.read_people");
    /// To invite people and give and take rights in a tenant.
    pub const MANAGE_PEOPLE: Permission = Permission("identity.manage_people");
    /// To make and change roles of a tenant's own.
    pub const MANAGE_ROLES: Permission = Permission("identity.manage_roles");
    /// To make somebody an administrator.
    pub const GIVE_ADMIN: Permission = Permission("identity.give_admin");
    /// To remove somebody's account.
    pub const REMOVE_PERSON: Permission = Permission("identity.remove_person");
    /// To lend one's own role to somebody else for a while.
    pub const DELEGATE: Permission = Permission("identity.delegate");
    /// To change how people sign in to a tenant.
    pub const CHANGE_SETTINGS: Permission = Permission("identity.change_settings");
    /// To see and decide what waits for a second pair of eyes.
    pub const APPROVE: Permission = Permission("identity.approve");
    /// To make the emergency link, and to see and acknowledge emergencies.
    pub const BREAK_GLASS: Permission = Permission("identity.break_glass");
    /// To make and change clients of a tenant.
    pub const MANAGE_CLIENTS: Permission = Permission("identity.manage_clients");
    /// To ask for an access token; everyone may, the secret decides.
    pub const ASK_TOKEN: Permission = Permission("identity.ask_token");
    /// To read the public keys of this node; everyone may.
    pub const READ_KEYS: Permission = Permission("identity.read_keys");
}

/// Audit events.
pub mod did {
    use kernel::Audit;

    /// Somebody began to sign in.
    pub const SIGN_IN_BEGUN: Audit = Audit("identity.sign_in_begun");
    /// Somebody signed in.
    pub const SIGNED_IN: Audit = Audit("identity.signed_in");
    /// Somebody signed out.
    pub const SIGNED_OUT: Audit = Audit("identity.signed_out");
    /// A session is still in use (written every ten minutes at most).
    pub const SESSION_USED: Audit = Audit("identity.session_used");
    /// A way in was added to an account.
    pub const LOGIN_ADDED: Audit = Audit("identity.login_added");
    /// Sessions were ended by the other side.
    pub const DEPARTED: Audit = Audit("identity.departed");
    /// What had ended was removed by the clock.
    pub const TIDIED: Audit = Audit("identity.tidied");
    /// A link that lets somebody in once was made.
    pub const LINK_MADE: Audit = Audit("identity.link_made");
    /// Somebody was invited.
    pub const INVITED: Audit = Audit("identity.invited");
    /// The emergency link was made.
    pub const GLASS_BROKEN: Audit = Audit("identity.glass_broken");
    /// Somebody signed in by the emergency link.
    pub const EMERGENCY_ENTERED: Audit = Audit("identity.emergency_entered");
    /// An emergency was acknowledged.
    pub const EMERGENCY_ACKNOWLEDGED: Audit = Audit("identity.emergency_acknowledged");
    /// A passkey has been asked to prove itself.
    pub const PASSKEY_ASKED: Audit = Audit("identity.passkey_asked");
    /// A passkey was added to an account.
    pub const PASSKEY_ADDED: Audit = Audit("identity.passkey_added");
    /// A passkey got another name.
    pub const PASSKEY_RENAMED: Audit = Audit("identity.passkey_renamed");
    /// A passkey was removed from an account.
    pub const PASSKEY_REMOVED: Audit = Audit("identity.passkey_removed");
    /// A way in was removed from an account.
    pub const LOGIN_REMOVED: Audit = Audit("identity.login_removed");
    /// Somebody has new recovery codes; the old ones are void.
    pub const RECOVERY_MADE: Audit = Audit("identity.recovery_made");
    /// Somebody signed in with a recovery code.
    pub const RECOVERED: Audit = Audit("identity.recovered");
    /// Sessions were ended.
    pub const SESSIONS_ENDED: Audit = Audit("identity.sessions_ended");
    /// Somebody acts for another tenant from now on.
    pub const TENANT_CHANGED: Audit = Audit("identity.tenant_changed");
    /// An account got another name.
    pub const PERSON_RENAMED: Audit = Audit("identity.person_renamed");
    /// An account was locked.
    pub const PERSON_LOCKED: Audit = Audit("identity.person_locked");
    /// An account was unlocked.
    pub const PERSON_UNLOCKED: Audit = Audit("identity.person_unlocked");
    /// An account was removed.
    pub const PERSON_REMOVED: Audit = Audit("identity.person_removed");
    /// Somebody was given a role.
    pub const ROLE_GIVEN: Audit = Audit("identity.role_given");
    /// A role was taken from somebody.
    pub const ROLE_TAKEN: Audit = Audit("identity.role_taken");
    /// A role of a tenant's own was made or changed.
    pub const ROLE_SAVED: Audit = Audit("identity.role_saved");
    /// A role of a tenant's own was removed.
    pub const ROLE_REMOVED: Audit = Audit("identity.role_removed");
    /// Settings of a tenant were changed.
    pub const SETTINGS_CHANGED: Audit = Audit("identity.settings_changed");
    /// A certificate was bound to an account.
    pub const CERTIFICATE_BOUND: Audit = Audit("identity.certificate_bound");
    /// A second person was asked to agree.
    pub const APPROVAL_ASKED: Audit = Audit("identity.approval_asked");
    /// A second person agreed.
    pub const APPROVED: Audit = Audit("identity.approved");
    /// A second person declined.
    pub const DECLINED: Audit = Audit("identity.declined");
    /// An approval was used.
    pub const APPROVAL_USED: Audit = Audit("identity.approval_used");
    /// A client was made.
    pub const CLIENT_CREATED: Audit = Audit("identity.client_created");
    /// A client got a new secret.
    pub const CLIENT_ROTATED: Audit = Audit("identity.client_rotated");
    /// A client was removed.
    pub const CLIENT_REMOVED: Audit = Audit("identity.client_removed");
    /// A client pushed an authorization request.
    pub const REQUEST_PUSHED: Audit = Audit("identity.request_pushed");
    /// A browser brought an authorization request.
    pub const REQUEST_BEGUN: Audit = Audit("identity.request_begun");
    /// An authorization request ended without a code.
    pub const REQUEST_REFUSED: Audit = Audit("identity.request_refused");
    /// A client was given a code.
    pub const CODE_ISSUED: Audit = Audit("identity.code_issued");
    /// A client exchanged its code for tokens.
    pub const CODE_REDEEMED: Audit = Audit("identity.code_redeemed");
    /// A client exchanged a refresh token that changes with each use.
    pub const TOKEN_REFRESHED: Audit = Audit("identity.token_refreshed");
    /// A client revoked its tokens.
    pub const TOKEN_REVOKED: Audit = Audit("identity.token_revoked");
    /// A code or refresh token was shown twice; all that hung on it was revoked.
    pub const REUSE_DETECTED: Audit = Audit("identity.reuse_detected");
    /// Somebody took back what they had agreed to.
    pub const CONSENT_WITHDRAWN: Audit = Audit("identity.consent_withdrawn");
    /// It was noted which clients must hear that a session is over.
    pub const FAREWELL_NOTED: Audit = Audit("identity.farewell_noted");
    /// A client was told that a session is over.
    pub const FAREWELL_SAID: Audit = Audit("identity.farewell_said");
    /// What a removed client had been given was removed.
    pub const CLIENT_FORGOTTEN: Audit = Audit("identity.client_forgotten");
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
        /// No such attempt, ended, or begun elsewhere: nobody learns which.
        NO_ATTEMPT "identity.no_attempt" Invalid "Anmeldung nicht gefunden" "Sign-in not found"
            "Diese Anmeldung ist abgelaufen, schon beendet oder wurde in einem anderen Browser begonnen. Beginnen Sie die Anmeldung neu."
            "This sign-in has expired, has ended already or was begun in another browser. Begin to sign in anew."
        /// The way in is not allowed here.
        WAY_OFF "identity.way_off" Forbidden "Dieser Weg ist nicht zugelassen" "This way in is not allowed"
            "Mit „{way}“ kann man sich hier nicht anmelden. Wählen Sie einen anderen Weg." "One cannot sign in with “{way}” here. Choose another way."
        /// The way in did not reach the level asked for.
        LEVEL_NOT_REACHED "identity.level_not_reached" Forbidden "Vertrauensniveau nicht erreicht" "Level of assurance not reached"
            "Verlangt ist das Vertrauensniveau „{wanted}“, erreicht wurde „{reached}“. Melden Sie sich mit einem stärkeren Mittel an."
            "The level of assurance “{wanted}” is asked for, “{reached}” was reached. Sign in with a stronger means."
        /// Nobody unknown gets an account here.
        UNKNOWN_PERSON "identity.unknown_person" Forbidden "Kein Konto" "No account"
            "Zu dieser Anmeldung gibt es hier kein Konto, und neue Konten entstehen nur durch Einladung. Wenden Sie sich an Ihre Verwaltung."
            "There is no account for this sign-in here, and new accounts are made by invitation only. Ask your administrator."
        /// The account is locked.
        LOCKED "identity.locked" Forbidden "Konto gesperrt" "Account locked"
            "Dieses Konto ist gesperrt. Wenden Sie sich an Ihre Verwaltung." "This account is locked. Ask your administrator."
        /// No such link, used already or expired: nobody learns which.
        NO_LINK "identity.no_link" Invalid "Link ungültig" "Link not valid"
            "Dieser Link ist abgelaufen, wurde schon benutzt oder ist unvollständig. Lassen Sie sich einen neuen geben."
            "This link has expired, was used already or is not complete. Ask for a new one."
        /// The node has an administrator already.
        NOT_FIRST "identity.not_first" Conflict "Es gibt schon eine Verwaltung" "There is an administrator already"
            "Dieser Knoten hat schon eine Verwalterin oder einen Verwalter. Lassen Sie sich von dort einladen."
            "This node has an administrator already. Ask them to invite you."
        /// The passkey is unknown here, or did not prove itself: nobody learns which.
        PASSKEY_REFUSED "identity.passkey_refused" Forbidden "Passkey nicht anerkannt" "Passkey not accepted"
            "Mit diesem Passkey kann man sich hier nicht anmelden. Versuchen Sie es noch einmal oder wählen Sie einen anderen Weg."
            "One cannot sign in with this passkey here. Try again or choose another way."
        /// What the browser sent about a new passkey is not right.
        PASSKEY_BAD "identity.passkey_bad" Unprocessable "Passkey nicht angelegt" "Passkey not added"
            "Der Passkey wurde nicht angelegt: {reason}. Laden Sie die Seite neu und versuchen Sie es noch einmal."
            "The passkey was not added: {reason}. Reload the page and try again."
        /// Passkeys need a name of a host.
        PASSKEY_NO_HOST "identity.passkey_no_host" Unavailable "Passkeys gehen hier nicht" "No passkeys here"
            "Passkeys brauchen eine Adresse mit Rechnernamen und https (oder localhost). Der Betrieb muss base_url ändern."
            "Passkeys need an address with the name of a host and https (or localhost). The operator has to change base_url."
        /// No such passkey, session, person, role …
        NOT_THERE "identity.not_there" NotFound "Nicht gefunden" "Not found"
            "{what} gibt es hier nicht (mehr)." "{what} does not exist here (any more)."
        /// The last way in must stay.
        LAST_WAY_IN "identity.last_way_in" Conflict "Letzter Weg in das Konto" "Last way into the account"
            "Das ist der letzte Weg, auf dem Sie sich anmelden können. Legen Sie zuerst einen anderen an."
            "This is the last way by which you can sign in. Add another one first."
        /// A recovery code that is none, or was used: nobody learns which.
        BAD_RECOVERY "identity.bad_recovery" Forbidden "Code nicht anerkannt" "Code not accepted"
            "Dieser Wiederherstellungscode ist falsch oder schon benutzt. Nehmen Sie einen anderen von Ihrer Liste."
            "This recovery code is wrong or was used already. Take another one from your list."
        /// A field of a form or a property is not right.
        BAD_VALUE "identity.bad_value" Unprocessable "Angabe fehlerhaft" "Value not right"
            "{reason}" "{reason}"
        /// Somebody else has to agree.
        SECOND_PERSON_NEEDED "identity.second_person_needed" Forbidden "Zweite Person nötig" "A second person is needed"
            "Dafür braucht es eine zweite Person: {act}. Die Anfrage liegt unter {link}. Ist zugestimmt, wiederholen Sie die Handlung innerhalb einer Stunde."
            "This needs a second person: {act}. The request is at {link}. Once it is agreed to, repeat the act within an hour."
        /// One cannot agree to one's own request.
        NOT_YOURSELF "identity.not_yourself" Forbidden "Nicht durch Sie selbst" "Not by yourself"
            "Dem muss eine andere Person zustimmen als die, die es beantragt oder ausgelöst hat."
            "Somebody else than the one who asked for it or caused it has to agree."
        /// The request was decided or has expired.
        NOT_WAITING "identity.not_waiting" Conflict "Nicht mehr offen" "Not waiting any more"
            "Diese Anfrage ist schon entschieden oder abgelaufen." "This request was decided already or has expired."
        /// The last administrator must stay.
        LAST_ADMIN "identity.last_admin" Conflict "Letzte Verwaltung" "Last administrator"
            "Das würde dem Knoten die letzte Verwalterin oder den letzten Verwalter nehmen. Benennen Sie zuerst jemand anderen."
            "This would take the last administrator from the node. Appoint somebody else first."
        /// No certificate was shown.
        NO_CERTIFICATE "identity.no_certificate" Invalid "Kein Zertifikat" "No certificate"
            "Ihr Browser hat kein Zertifikat vorgelegt. Öffnen Sie diese Seite über {url} und wählen Sie Ihr Zertifikat aus."
            "Your browser showed no certificate. Open this page at {url} and choose your certificate."
        /// The certificate is not good.
        CERTIFICATE_REFUSED "identity.certificate_refused" Forbidden "Zertifikat nicht anerkannt" "Certificate not accepted"
            "Das Zertifikat wird nicht anerkannt: {reason}." "The certificate is not accepted: {reason}."
        /// The certificate is good, but belongs to nobody here.
        CERTIFICATE_UNKNOWN "identity.certificate_unknown" Forbidden "Zertifikat unbekannt" "Certificate unknown"
            "Das Zertifikat ist gültig, gehört hier aber zu keinem Konto. Nennen Sie Ihrer Verwaltung den Fingerabdruck: {fingerprint}"
            "The certificate is valid, but belongs to no account here. Give your administrator the fingerprint: {fingerprint}"
        /// The way in belongs to another account already.
        LOGIN_TAKEN "identity.login_taken" Conflict "Schon mit einem anderen Konto verbunden" "Belongs to another account"
            "Dieser Weg gehört schon zu einem anderen Konto. Melden Sie sich damit an oder lösen Sie ihn dort zuerst."
            "This way in belongs to another account. Sign in with it, or remove it there first."
        /// No such client.
        CLIENT_NOT_FOUND "identity.client_not_found" NotFound "Client nicht gefunden" "Client not found"
            "Den Client {id} gibt es hier nicht. Prüfen Sie die Kennung." "There is no client {id} here. Check the id."
        /// A client that is not right.
        BAD_CLIENT "identity.bad_client" Invalid "Client fehlerhaft" "Client not right"
            "Der Client wurde nicht gespeichert. Beheben Sie: {reasons}" "The client was not stored. Mend: {reasons}"
        /// The id is taken.
        CLIENT_EXISTS "identity.client_exists" Conflict "Client gibt es schon" "Client exists already"
            "Es gibt schon einen Client mit dieser Kennung. Lassen Sie die Kennung weg oder wählen Sie eine andere."
            "There is a client with this id already. Leave the id out or choose another one."
        /// A client that does not speak OpenID Connect, or is not there.
        NO_SUCH_CLIENT "identity.no_such_client" Invalid "Programm unbekannt" "Program unknown"
            "Das Programm, das Sie hierher geschickt hat, ist hier nicht eingetragen. Wenden Sie sich an dessen Betrieb."
            "The program that sent you here is not registered here. Ask its operator."
        /// The redirect address is not registered; the browser is sent nowhere.
        BAD_REDIRECT "identity.bad_redirect" Invalid "Rücksprungadresse nicht eingetragen" "Redirect address not registered"
            "Die Adresse, an die Sie zurückgeschickt werden sollen (redirect_uri), ist für dieses Programm nicht eingetragen. Wenden Sie sich an dessen Betrieb."
            "The address to which you are to be sent back (redirect_uri) is not registered for this program. Ask its operator."
        /// The parameters cannot be read.
        BAD_REQUEST "identity.bad_request" Invalid "Anfrage nicht lesbar" "Request not readable"
            "Die Anfrage des Programms ist nicht lesbar: {reason}." "The program's request cannot be read: {reason}."
        /// No such authorization request, ended, or begun elsewhere: nobody learns which.
        NO_REQUEST "identity.no_request" Invalid "Anfrage abgelaufen" "Request has ended"
            "Die Anfrage des Programms ist abgelaufen, schon beantwortet oder wurde in einem anderen Browser begonnen. Beginnen Sie im Programm neu."
            "The program's request has expired, was answered already or was begun in another browser. Begin anew in the program."
    }
}
