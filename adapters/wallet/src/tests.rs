//! The adapter seen from its doors.
