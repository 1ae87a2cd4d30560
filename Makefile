# One-word targets; the logic is in xtask (Rust) and, before there is a compiler, in deploy/need.sh.
.PHONY: run test build web check fix generate bench deny clean

XTASK = cargo run --quiet --package xtask --

# Everything a fresh machine needs, then the node on :8080 (demo) and the desk on :8090.
run: build
	$(XTASK) run

# Leaves target/release/fachwerk, and its bill of materials beside it.
build: web
	cargo build --release --package node
	$(XTASK) sbom target/release/fachwerk

# The design system and the scripts of the browser side, from npm.
web:
	sh deploy/need.sh cc node
	$(XTASK) web

# Everything: style, laws, both databases, strangers' clients, the story in a browser.
test: web
	sh deploy/need.sh cc node chromium postgres python xmlsec
	$(XTASK) test

# Quick checks while working.
check: web
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	cargo test --package xtask

fix:
	cargo clippy --workspace --all-targets --fix --allow-dirty
	cargo fmt --all

# Reference pages and the OpenAPI document.
generate:
	$(XTASK) generate

# The measured promises, one table.
bench: build
	cargo run --release --package bench -- all

# Licences, bans, sources (needs `cargo install cargo-deny --locked`).
deny:
	cargo deny check bans licenses sources

clean:
	cargo clean
	rm -rf web/node_modules web/dist var
