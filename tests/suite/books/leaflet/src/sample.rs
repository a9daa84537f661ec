// line one
// line two
// ANCHOR: part
fn anchored() {}
// ANCHOR_END: part
