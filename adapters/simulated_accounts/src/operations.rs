//! What the simulators do.

use crate::{
    model::{Account, Message, Reply, Shown},
    names::{fault, may},
    rules, store,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use kernel::{Ctx, Error, Result};
use saml::{
    Fault, Policy, SigningKey,
    idp::{Answering, Came, receive},
    metadata::ServiceProvider,
};
use std::{path::Path, sync::Arc};

/// The simulators of both accounts; cheap to copy.
#[derive(Clone)]
pub struct SimulatedAccounts(Arc<Vec<Side>>);

/// One account, and the one provider it knows.
struct Side {
    account: Account,
    entity_id: String,
    address: String,
    key: SigningKey,
    provider: ServiceProvider,
    metadata: String,
}

impl SimulatedAccounts {
    /// Simulators with the files of this folder (see [`crate::prepare_files`]), reached under `base_url`.
    ///
    /// # Errors
    /// Outside the demo, always; and when the files are of no use.
    pub fn new(folder: &Path, base_url: &str, demo: bool) -> Result<Self> {
        if !demo {
            return Err(fault::ONLY_IN_DEMO.into());
        }
        let side = |account: Account| -> Result<Side> {
            let name = account.name();
            let key = format!("{name}.key");
            let asking = format!("{name}-sp.xml");
            let provider = ServiceProvider::read(&store::read(folder, &asking)?);
            Ok(Side {
                account,
                entity_id: store::entity_id(base_url, account),
                address: store::sign_in_address(base_url, account),
                key: SigningKey::from_pem(&store::read(folder, &key)?)
                    .map_err(|it| store::broken(&folder.join(key), it))?,
                provider: provider.map_err(|it| store::broken(&folder.join(asking), it))?,
                metadata: store::read(folder, &format!("{name}-idp.xml"))?,
            })
        };
        Account::ALL.into_iter().map(side).collect::<Result<_>>().map(|it| Self(Arc::new(it)))
    }

    fn side(&self, name: &str) -> Result<&Side> {
        self.0.iter().find(|it| it.account.name() == name).ok_or_else(|| fault::NO_ACCOUNT.into())
    }

    /// What an account says about itself.
    pub(crate) fn metadata(&self, name: &str) -> Result<String> {
        self.side(name).map(|it| it.metadata.clone())
    }

    /// Checks a request and shows it; a request that the account refuses at once has its reply already.
    pub(crate) fn show(
        &self,
        ctx: &Ctx,
        name: &str,
        message: Message,
        state: &str,
    ) -> Result<(Account, std::result::Result<Shown, Reply>)> {
        ctx.require(may::PLAY)?;
        let side = self.side(name)?;
        let came = match &message {
            Message::Post(field) => Came::Post(field),
            Message::Redirect(query) => Came::Redirect(query),
        };
        let request = receive(came, &side.address, &side.provider, &Policy::default(), ctx.now());
        let request = request.map_err(|it| refused(&it))?;
        let shown = Shown { message, state: state.to_owned(), request };
        match (side.account, &shown.request.extension) {
            (Account::Bundid, Err(code)) => {
                let status = rules::refused(*code);
                let reply = side.reply(ctx, &shown, |it| it.refuse(&shown.request, &status))?;
                Ok((side.account, Err(reply)))
            }
            _ => Ok((side.account, Ok(shown))),
        }
    }

    /// Answers a request as somebody, or as nobody who cancelled.
    pub(crate) fn answer(&self, ctx: &Ctx, name: &str, shown: &Shown, choice: Option<&str>) -> Result<Reply> {
        let side = self.side(name)?;
        let Some(choice) = choice else {
            let status = rules::cancelled();
            return side.reply(ctx, shown, |it| it.refuse(&shown.request, &status));
        };
        let part = side.account.parts().iter().find(|it| it.id == choice);
        let part = part.ok_or_else(|| Error::from(fault::BAD_CHOICE))?;
        match rules::statement(side.account, part, &shown.request) {
            Ok(statement) => side.reply(ctx, shown, |it| it.answer(&shown.request, &statement)),
            Err(status) => side.reply(ctx, shown, |it| it.refuse(&shown.request, &status)),
        }
    }
}

impl Side {
    fn reply(
        &self,
        ctx: &Ctx,
        shown: &Shown,
        make: impl FnOnce(&Answering<'_>) -> std::result::Result<String, Fault>,
    ) -> Result<Reply> {
        let ids = [(); 2].map(|()| format!("_{}", ctx.id().simple()));
        let [response, assertion] = &ids;
        let answering = Answering {
            issuer: &self.entity_id,
            key: &self.key,
            algorithm: self.key.algorithm(),
            encrypt_for: self.provider.encryption.as_ref(),
            ids: (response, assertion),
            now: ctx.now(),
        };
        let text = make(&answering).map_err(|it| fault::BROKEN.because(it))?;
        Ok(Reply {
            address: shown.request.answer_to.clone(),
            response: STANDARD.encode(text),
            state: shown.state.clone(),
        })
    }
}

/// What BundID calls a missing signature, and the fault in words otherwise.
fn refused(why: &Fault) -> Error {
    let reason = match why {
        Fault::Unsigned => saml::ErrorCode::NotSigned.code().to_owned(),
        other => other.to_string(),
    };
    fault::BAD_REQUEST.with("reason", reason)
}
