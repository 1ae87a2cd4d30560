//! A wallet fetches the signed request.

use super::Wallet;
use crate::{
    model::{Phase, WalletRequest},
    names::{fault, may},
    store,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{Ctx, Error, Result, SECOND};
use openid4vp::{
    encryption::EncryptionKey,
    request::{ANY_WALLET, ClientMetadata, RESPONSE_MODE, RequestObject, VerifierInfo},
};

/// The longest nonce of a wallet that is repeated.
const LONGEST_NONCE: usize = 512;

impl Wallet {
    /// The signed request, repeating the nonce a wallet sent with it.
    pub(crate) async fn request_object(
        &self,
        ctx: &Ctx,
        id: &str,
        wallet_nonce: Option<String>,
    ) -> Result<String> {
        if wallet_nonce.as_ref().is_some_and(|it| it.len() > LONGEST_NONCE) {
            return Err(fault::BAD_ANSWER.with("reason", "wallet_nonce").at("wallet_nonce"));
        }
        let request = self.open(ctx, id).await?;
        for algorithm in ["ES256", "ECDH-ES"] {
            ctx.keys().policy().check_jose(algorithm, 0, ctx.now()).allowed()?;
        }
        let key = encryption_key(&request)?;
        let object = RequestObject {
            client_id: self.0.client_id.clone(),
            response_type: "vp_token".to_owned(),
            response_mode: RESPONSE_MODE.to_owned(),
            response_uri: response_uri(ctx, id),
            aud: ANY_WALLET.to_owned(),
            nonce: request.nonce,
            state: request.state,
            dcql_query: self.0.query.clone(),
            client_metadata: ClientMetadata::new(key.public()),
            verifier_info: self.0.registration.clone().map(|it| vec![VerifierInfo::registration(it)]),
            wallet_nonce,
            iat: Some(ctx.now() / SECOND),
        };
        object.sign(&self.0.chain, &self.0.key).map_err(|it| kernel::fault::INTERNAL.because(it))
    }

    /// A request that can still be answered.
    pub(super) async fn open(&self, ctx: &Ctx, id: &str) -> Result<WalletRequest> {
        let found = store::request(&mut *ctx.read(may::SIGN_IN).await?, id).await?;
        let open = found.filter(|it| it.phase == Phase::Open && ctx.now() < it.until);
        open.ok_or_else(|| Error::from(fault::NO_REQUEST))
    }
}

/// The key for the answer.
pub(super) fn encryption_key(request: &WalletRequest) -> Result<EncryptionKey> {
    let bytes = URL_SAFE_NO_PAD.decode(&request.encryption_key);
    let bytes = bytes.map_err(|it| kernel::fault::INTERNAL.because(it))?;
    EncryptionKey::from_bytes(&bytes).map_err(|it| kernel::fault::INTERNAL.because(it))
}

/// Where a wallet posts its answer.
pub(super) fn response_uri(ctx: &Ctx, id: &str) -> String {
    format!("{}/sign-in/wallet/responses/{id}", ctx.base_url())
}
