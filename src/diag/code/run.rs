//! The last groups of the table of codes: the run itself.

/// Makes the type of all codes from the groups before these and these.
macro_rules! and_run {
    ($($before:tt)*) => {
        codes! {
            $($before)*
            "The Run" Build {
                CannotWrite "cannot-write" Error
                    "An output could not be written."
                    "The old output still stands."
                    "An output folder without write permission."
                    "Choose another folder with `--output`."
                StaleBaseline "stale-baseline" Note
                    "The baseline lists findings that are no longer there."
                    "They are mended: what is listed but gone would hide the same fault if it came back."
                    "A baseline written before an image got its alternative text."
                    "Write it anew: `recto check --baseline FILE --update-baseline`."
            }
        }
    };
}
