use tree::Place;

/// Where the values of a converted text stood in the file that was given: offsets in the converted text, rising, each
/// with line and column in the given one.
#[derive(Debug, Default)]
pub(crate) struct Places(Vec<(u32, u32, u32)>);

impl Places {
    /// Notes that what begins at this offset of the converted text stood there. Offsets beyond 4 GiB are never read.
    pub(crate) fn note(&mut self, offset: usize, place: Place) {
        let short = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        self.0.push((short(offset), short(place.line), short(place.column)));
    }

    /// The place of the value at this offset, or of the nearest one before it.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let after = self.0.partition_point(|it| it.0 as usize <= offset);
        let (line, column) = self.0.get(after.saturating_sub(1)).map_or((1, 1), |it| (it.1, it.2));
        Place { line: line as usize, column: column as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_before_counts() {
        let mut places = Places::default();
        places.note(0, Place { line: 1, column: 1 });
        places.note(10, Place { line: 7, column: 3 });
        assert_eq!(places.place(9), Place { line: 1, column: 1 });
        assert_eq!(places.place(10), Place { line: 7, column: 3 });
        assert_eq!(places.place(400), Place { line: 7, column: 3 });
        assert_eq!(Places::default().place(3), Place { line: 1, column: 1 });
    }
}
