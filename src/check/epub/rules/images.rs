//! Pictures, as their own headers and blocks describe them.

use super::super::limits;
use super::super::publication::Publication;
use super::super::tally::{Tally, shown};
use crate::diag::Code;

pub(super) fn judge(publication: &Publication, tally: &Tally<'_>) {
    for (path, file) in &publication.container.files {
        let Some(raster) = file.raster.as_ref() else {
            continue;
        };
        // Where it is listed, else in the book.
        let at = publication
            .item(path)
            .map_or(publication.at, |item| item.at);
        let (width, height) = raster.size;
        if let Some(fault) = raster.fault {
            tally.tell(Code::DamagedImage, at, format!("`{}` {fault}", shown(path)));
        }
        if u64::from(width) * u64::from(height) > limits::PIXELS {
            let message = format!(
                "`{}` has {width} × {height} pixels, more than any page shows",
                shown(path)
            );
            tally.tell(Code::OutsizedPart, at, message);
        }
    }
}
