//! A folder: each submission becomes a folder of its own, whole or not at all.

use super::Package;
use futures_util::StreamExt as _;
use kernel::Ctx;
use serde_json::json;
use std::path::Path;
use tokio::{
    fs::{self, File},
    io::AsyncWriteExt as _,
};

/// Writes a submission into `target`; where it is there already, nothing happens. Gives the receipt.
pub(super) async fn put(ctx: &Ctx, target: &Path, package: &Package) -> Result<String, String> {
    let id = &package.entry.id;
    let (done, under_way) = (target.join(id), target.join(format!(".{id}.part")));
    if fs::try_exists(&done).await.map_err(told)? {
        return Ok(done.display().to_string());
    }
    // What an interrupted attempt left behind is of no use.
    let _ = fs::remove_dir_all(&under_way).await;
    fs::create_dir_all(under_way.join("attachments")).await.map_err(told)?;
    let about = serde_json::to_vec_pretty(&package.about()).map_err(|it| it.to_string())?;
    write(&under_way.join("metadata.json"), &about).await?;
    if let Some(data) = &package.data {
        let json = package.entry.data_media.as_deref() == Some("application/json");
        write(&under_way.join(if json { "data.json" } else { "data.xml" }), data).await?;
    }
    for (number, attachment) in package.attachments.iter().enumerate() {
        // The number keeps two files of one name apart.
        let name = format!("{:02}-{}", number + 1, attachment.name);
        copy(ctx, &attachment.content, &under_way.join("attachments").join(name)).await?;
    }
    let receipt = json!({
        "submissionId": id,
        "handedOnAt": ui::format::machine(ctx.frame().clock().now()),
        "attachments": package.attachments.len(),
    });
    write(&under_way.join("receipt.json"), receipt.to_string().as_bytes()).await?;
    flush(&under_way.join("attachments")).await?;
    flush(&under_way).await?;
    fs::rename(&under_way, &done).await.map_err(told)?;
    flush(target).await?;
    Ok(done.display().to_string())
}

async fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let mut file = File::create(path).await.map_err(told)?;
    file.write_all(bytes).await.map_err(told)?;
    file.sync_all().await.map_err(told)
}

async fn copy(ctx: &Ctx, content: &str, path: &Path) -> Result<(), String> {
    let found = ctx.content().stream(content).await.map_err(|it| it.to_string())?;
    let (_, pieces) = found.ok_or("an attachment is missing in the content store")?;
    let mut pieces = std::pin::pin!(pieces);
    let mut file = File::create(path).await.map_err(told)?;
    while let Some(piece) = pieces.next().await {
        file.write_all(&piece.map_err(|it| it.to_string())?).await.map_err(told)?;
    }
    file.sync_all().await.map_err(told)
}

/// Makes names in a folder durable.
async fn flush(folder: &Path) -> Result<(), String> {
    File::open(folder).await.map_err(told)?.sync_all().await.map_err(told)
}

#[expect(clippy::needless_pass_by_value, reason = "this is the shape that map_err wants")]
fn told(error: std::io::Error) -> String {
    error.to_string()
}
