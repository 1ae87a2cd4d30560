//! Release builds embed the built web folder; cargo must notice when it changes or first appears.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    // Debug builds read the folder at run time and need not be built again for a new style sheet.
    if std::env::var_os("PROFILE").is_some_and(|it| it == "release") {
        // Cargo can only watch what exists; without the folder pages say that it is missing.
        let made = std::fs::create_dir_all("../web/dist");
        if made.is_ok() {
            println!("cargo:rerun-if-changed=../web/dist");
        }
    }
}
