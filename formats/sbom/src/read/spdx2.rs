use crate::Bom;

pub(crate) fn read(_bom: &mut Bom<'_>) {}
