//! The extension that BundID wants in every request (interface description 10.2.0.0, section on `AuthnRequest`).

use crate::{
    Fault, names,
    xml::{self, Element},
};
use serde::{Deserialize, Serialize};
use uppsala::{Document, NodeId};

/// The longest name of an organisation that is shown whole, in characters.
pub const LONGEST_NAME: usize = 50;

/// A means of signing in at BundID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Method {
    /// Authega certificates.
    Authega,
    /// User name and password.
    Benutzername,
    /// The Ukrainian app Diia.
    Diia,
    /// The online identity card.
    #[serde(rename = "eID")]
    Eid,
    /// Means of other member states.
    #[serde(rename = "eIDAS")]
    Eidas,
    /// ELSTER certificates.
    Elster,
    /// Accounts of other operators in Germany.
    #[serde(rename = "FINK")]
    Fink,
}

impl Method {
    /// All of them, in the order in which they are written.
    pub const ALL: [Self; 7] =
        [Self::Authega, Self::Benutzername, Self::Diia, Self::Eid, Self::Eidas, Self::Elster, Self::Fink];

    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Authega => "Authega",
            Self::Benutzername => "Benutzername",
            Self::Diia => "Diia",
            Self::Eid => "eID",
            Self::Eidas => "eIDAS",
            Self::Elster => "Elster",
            Self::Fink => "FINK",
        }
    }

    fn element(self) -> &'static str {
        match self {
            Self::Authega => "akdb:Authega",
            Self::Benutzername => "akdb:Benutzername",
            Self::Diia => "akdb:Diia",
            Self::Eid => "akdb:eID",
            Self::Eidas => "akdb:eIDAS",
            Self::Elster => "akdb:Elster",
            Self::Fink => "akdb:FINK",
        }
    }
}

/// An attribute asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requested {
    /// Its name, `urn:oid:…`.
    pub name: String,
    /// Whether there is no sign-in without it.
    #[serde(default)]
    pub required: bool,
}

/// The extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The means that may be used.
    pub methods: Vec<Method>,
    /// The attributes asked for; at least one.
    pub attributes: Vec<Requested>,
    /// The organisation as the person reads it.
    pub organisation: String,
    /// The language of the pages: `de`, `en`, `ru`, `uk`.
    pub lang: String,
    /// Where the link back leads, `https` (or this computer).
    pub back_url: String,
    /// The id of the online service at the federal ministry (BMI-ID).
    pub online_service: String,
}

impl Extension {
    /// Refuses what BundID refuses.
    pub fn check(&self) -> Result<(), Fault> {
        if self.methods.is_empty() {
            return Err(Fault::Setting("methods", "at least one means of signing in"));
        }
        if self.attributes.is_empty() {
            return Err(Fault::Setting("attributes", "at least one attribute"));
        }
        if self.attributes.iter().any(|it| it.name.trim().is_empty()) {
            return Err(Fault::Setting("attributes", "every attribute needs a name"));
        }
        let length = self.organisation.trim().chars().count();
        if length == 0 || length > LONGEST_NAME {
            return Err(Fault::Setting("organisation", "1 to 50 characters"));
        }
        if !matches!(self.lang.as_str(), "de" | "en" | "ru" | "uk") {
            return Err(Fault::Setting("lang", "de, en, ru or uk"));
        }
        let back =
            url::Url::parse(&self.back_url).map_err(|_| Fault::Setting("back_url", "an https address"))?;
        if back.scheme() != "https" && !crate::bundid::is_this_computer(&back) {
            return Err(Fault::Setting("back_url", "an https address"));
        }
        if self.online_service.trim().is_empty() {
            return Err(Fault::Setting("online_service", "mandatory since 30 June 2025"));
        }
        Ok(())
    }

    pub(crate) fn element(&self) -> Element {
        let enabled =
            |it: &Method| Element::new(it.element()).child(Element::new("akdb:Enabled").text("true"));
        let requested = |it: &Requested| {
            let required = if it.required { "true" } else { "false" };
            Element::new("akdb:RequestedAttribute")
                .attribute("Name", &it.name)
                .attribute("RequiredAttribute", required)
        };
        let shown = Element::new("classic-ui:Version")
            .attribute("xmlns:classic-ui", names::CLASSIC_UI)
            .child(Element::new("classic-ui:OrganizationDisplayName").text(self.organisation.trim()))
            .child(Element::new("classic-ui:Lang").text(&self.lang))
            .child(Element::new("classic-ui:BackURL").text(&self.back_url))
            .child(Element::new("classic-ui:OnlineServiceId").text(self.online_service.trim()));
        Element::new("akdb:AuthenticationRequest")
            .attribute("xmlns:akdb", names::AKDB)
            .attribute("Version", "2")
            .attribute("EnableStatusDetail", "true")
            .child(Element::new("akdb:AuthnMethods").children(self.methods.iter().map(enabled)))
            .child(Element::new("akdb:RequestedAttributes").children(self.attributes.iter().map(requested)))
            .child(Element::new("akdb:DisplayInformation").child(shown))
    }

    /// Reads the extension of a request as BundID does: what is wrong has a code.
    pub(crate) fn read(document: &Document<'_>, request: NodeId) -> Result<Self, ErrorCode> {
        let inside = |node: Option<NodeId>, space, name| {
            node.and_then(|it| xml::children(document, it, space, name).first().copied())
        };
        let text = |node: Option<NodeId>, name| {
            inside(node, names::CLASSIC_UI, name).map(|it| document.text_content_deep(it).trim().to_owned())
        };
        let extensions = inside(Some(request), names::PROTOCOL, "Extensions");
        let asked =
            inside(extensions, names::AKDB, "AuthenticationRequest").ok_or(ErrorCode::ExtensionMissing)?;
        if xml::attribute(document, asked, "Version") != Some("2") {
            return Err(ErrorCode::ExtensionOutdated);
        }
        let methods = inside(Some(asked), names::AKDB, "AuthnMethods");
        let methods = methods.map_or_else(|| Method::ALL.to_vec(), |node| enabled(document, node));
        if methods.is_empty() {
            return Err(ErrorCode::MethodsEmpty);
        }
        let attributes = inside(Some(asked), names::AKDB, "RequestedAttributes");
        let attributes = attributes.map(|it| xml::children(document, it, names::AKDB, "RequestedAttribute"));
        let attributes: Vec<Requested> = attributes
            .unwrap_or_default()
            .into_iter()
            .map(|it| Requested {
                name: xml::attribute(document, it, "Name").unwrap_or_default().split_whitespace().collect(),
                required: xml::attribute(document, it, "RequiredAttribute") == Some("true"),
            })
            .collect();
        if attributes.is_empty() {
            return Err(ErrorCode::AttributesEmpty);
        }
        if attributes.iter().any(|it| it.name.is_empty()) {
            return Err(ErrorCode::AttributeWithoutName);
        }
        let shown = inside(Some(asked), names::AKDB, "DisplayInformation");
        let shown = inside(shown, names::CLASSIC_UI, "Version");
        let organisation = text(shown, "OrganizationDisplayName").filter(|it| !it.is_empty());
        if text(shown, "Purpose").is_some_and(|it| it.contains('<')) {
            return Err(ErrorCode::PurposeWithMarkup);
        }
        Ok(Self {
            methods,
            attributes,
            organisation: organisation.ok_or(ErrorCode::NameMissing)?,
            lang: text(shown, "Lang").unwrap_or_else(|| "de".to_owned()),
            back_url: text(shown, "BackURL").unwrap_or_default(),
            online_service: text(shown, "OnlineServiceId").unwrap_or_default(),
        })
    }
}

fn enabled(document: &Document<'_>, methods: NodeId) -> Vec<Method> {
    let enabled = |method: &Method| {
        let found = xml::children(document, methods, names::AKDB, method.name());
        let flag = found
            .first()
            .and_then(|it| xml::children(document, *it, names::AKDB, "Enabled").first().copied());
        flag.is_some_and(|it| document.text_content_deep(it).trim() == "true")
    };
    Method::ALL.into_iter().filter(enabled).collect()
}

/// What BundID says is wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// The extension is not there.
    ExtensionMissing,
    /// The extension has version 1.
    ExtensionOutdated,
    /// The request is not signed.
    NotSigned,
    /// The provider has no authorisation certificate for the online identity card.
    BercaMissing,
    /// No attributes are asked for.
    AttributesEmpty,
    /// An attribute asked for has no name.
    AttributeWithoutName,
    /// No means of signing in is allowed.
    MethodsEmpty,
    /// The organisation has no name.
    NameMissing,
    /// The purpose has markup in it.
    PurposeWithMarkup,
    /// The account lacks attributes that are required.
    RequiredAttributesMissing,
}

impl ErrorCode {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::ExtensionMissing,
        Self::ExtensionOutdated,
        Self::NotSigned,
        Self::BercaMissing,
        Self::AttributesEmpty,
        Self::AttributeWithoutName,
        Self::MethodsEmpty,
        Self::NameMissing,
        Self::PurposeWithMarkup,
        Self::RequiredAttributesMissing,
    ];

    /// The code on the wire.
    pub fn code(self) -> &'static str {
        match self {
            Self::ExtensionMissing => "akdb-extension-missing",
            Self::ExtensionOutdated => "akdb-extension-v1-deprecated",
            Self::NotSigned => "saml-request-not-signed",
            Self::BercaMissing => "missing-berca",
            Self::AttributesEmpty => "requested-attributes-empty",
            Self::AttributeWithoutName => "requested-attributes-missing-name",
            Self::MethodsEmpty => "empty-authentication-methods",
            Self::NameMissing => "organization-display-name-missing",
            Self::PurposeWithMarkup => "purpose-does-not-support-restricted-html",
            Self::RequiredAttributesMissing => "IDP_REQUIRED_ATTRIBUTES_MISSING",
        }
    }

    /// The code that occurs in a status, wherever it stands in its message or its details.
    pub fn find(status: &crate::Status) -> Option<Self> {
        let texts = [&status.message, &status.detail];
        let occurs =
            |code: &Self| texts.iter().any(|it| it.as_deref().is_some_and(|it| it.contains(code.code())));
        Self::ALL.into_iter().find(occurs)
    }
}
