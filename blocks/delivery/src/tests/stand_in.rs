//! Identity in a test: it keeps clients in memory.

use async_trait::async_trait;
use kernel::{Audit, Ctx, Permission, Result, fault};
use ports::identity::{Client, ClientRemoved, Clients, NewClient, Registered, Sought};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

#[derive(Default)]
pub struct StandIn {
    /// By id, with the secret or its hash.
    pub all: Mutex<BTreeMap<String, (Client, String)>>,
}

/// The block with these settings, and its clients in memory.
pub fn delivery(config: crate::Config) -> crate::Delivery {
    crate::Delivery::new(config, Arc::new(StandIn::default()))
}

#[async_trait]
impl Clients for StandIn {
    async fn client(&self, _: &Ctx, id: &str) -> Result<Option<Client>> {
        Ok(self.all.lock().unwrap().get(id).map(|it| it.0.clone()))
    }

    async fn clients(&self, _: &Ctx, sought: Sought<'_>) -> Result<(i64, Vec<Client>)> {
        let words = sought.words.to_lowercase();
        let all = self.all.lock().unwrap();
        let found: Vec<Client> = all
            .values()
            .map(|it| it.0.clone())
            .filter(|it| sought.tenant.is_empty() || it.tenant == sought.tenant)
            .filter(|it| it.name.to_lowercase().contains(&words) || it.id.contains(&words))
            .collect();
        let part = found.iter().skip(usize::try_from(sought.offset).unwrap());
        let part = part.take(usize::try_from(sought.limit).unwrap()).cloned().collect();
        Ok((i64::try_from(found.len()).unwrap(), part))
    }

    async fn register(&self, ctx: &Ctx, new: NewClient) -> Result<Registered> {
        let id = new.id.unwrap_or_else(|| ctx.id().to_string());
        let secret = new.secret.or(new.secret_hash).unwrap_or_else(|| ctx.id().to_string());
        let client = Client {
            id: id.clone(),
            tenant: new.tenant,
            name: new.name,
            roles: new.roles,
            created_at: new.created_at.unwrap_or(ctx.now()),
            rotated_at: ctx.now(),
        };
        self.all.lock().unwrap().insert(id.clone(), (client, secret.clone()));
        Ok(Registered { id, secret })
    }

    async fn renew_secret(&self, ctx: &Ctx, id: &str) -> Result<Registered> {
        let secret = ctx.id().to_string();
        let mut all = self.all.lock().unwrap();
        all.get_mut(id).ok_or(fault::INTERNAL)?.1 = secret.clone();
        Ok(Registered { id: id.to_owned(), secret })
    }

    async fn remove(&self, ctx: &Ctx, id: &str) -> Result<()> {
        self.all.lock().unwrap().remove(id);
        let acting = ctx.as_system("");
        let mut tx = acting.write(Permission("stand_in.remove")).await?;
        tx.tell(&ClientRemoved { client: id.to_owned() }).await?;
        tx.commit(Audit("stand_in.removed"), id).await
    }
}
