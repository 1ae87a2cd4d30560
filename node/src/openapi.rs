//! The description of the whole interface, put together from what the blocks describe.

mod everywhere;

use kernel::Block;
use utoipa::openapi::{
    ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, ServerBuilder,
    security::{Http, HttpAuthScheme, SecurityScheme},
};

/// The OpenAPI document of these blocks.
pub fn document(blocks: &[Block]) -> OpenApi {
    let info = InfoBuilder::new()
        .title("Fachwerk")
        .version("0.1.0")
        .description(Some(
            "Base services of German public administration behind their real interfaces. Compatible with \
             FIT-Connect Submission API 1.1.3; version 2 as observed in June 2026; replies are a guess of this project.",
        ))
        .license(Some(LicenseBuilder::new().name("EUPL-1.2").identifier(Some("EUPL-1.2")).build()))
        .build();
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    let components = ComponentsBuilder::new().security_scheme("bearer", bearer).build();
    let mut document = OpenApiBuilder::new()
        .info(info)
        .servers(Some([ServerBuilder::new().url("/").build()]))
        .components(Some(components))
        .build();
    for block in blocks {
        document.merge(block.api.get_openapi().clone());
    }
    everywhere::complete(&mut document);
    document
}
