//! Tests of the block, through its interfaces.

mod events;
mod office;
mod port;
mod refusals;
mod replies;
mod round_trip;
mod clients;
mod destinations;
mod town;
