//! Every name that this block publishes.

/// Permissions.
pub mod may {
    use kernel::Permission;
    /// Read what is public.
    pub const READ: Permission = Permission("catalogue.read");
}
