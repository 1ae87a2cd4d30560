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
    /// A client was made.
    pub const CLIENT_CREATED: Audit = Audit("identity.client_created");
    /// A client got a new secret.
    pub const CLIENT_ROTATED: Audit = Audit("identity.client_rotated");
    /// A client was removed.
    pub const CLIENT_REMOVED: Audit = Audit("identity.client_removed");
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
    }
}
