//! Tests of the block, through its interfaces.

mod callbacks;
mod clients;
mod destinations;
mod events;
mod office;
mod pages;
mod port;
mod refusals;
mod replies;
mod round_trip;
mod stand_in;
mod terms;
mod town;
