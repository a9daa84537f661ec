//! What the package says of how accessible the book is.
//!
//! In: what was judged to be true of it. Out: the accessibility metadata of the package document, as EPUB Accessibility
//! 1.1 has it.

use super::package::Metas;
use crate::resolve::access::{Access, Mode};

impl Metas {
    /// Discovery metadata, then what the book conforms to and who certified it.
    pub(super) fn access(&mut self, access: &Access) {
        for mode in &access.modes {
            self.meta("schema:accessMode", "", None, mode.name());
        }
        for modes in &access.sufficient {
            let modes: Vec<&str> = modes.iter().copied().map(Mode::name).collect();
            self.meta("schema:accessModeSufficient", "", None, &modes.join(","));
        }
        if access.features.is_empty() {
            // The property must be there; this word stands alone.
            self.meta("schema:accessibilityFeature", "", None, "none");
        }
        for feature in &access.features {
            self.meta("schema:accessibilityFeature", "", None, feature.name());
        }
        for hazard in &access.hazards {
            self.meta("schema:accessibilityHazard", "", None, hazard.name());
        }
        let (summary, lang) = &access.summary;
        self.0
            .open("meta")
            .attr("property", "schema:accessibilitySummary")
            .attr("xml:lang", lang.tag());
        self.0.text(summary).close().line();
        if let Some(exemption) = access.exemption {
            self.meta("a11y:exemption", "", None, exemption.name());
        }
        let Some(claim) = &access.claim else {
            return;
        };
        let standard = format!("EPUB Accessibility 1.1 - {}", claim.conformance);
        self.meta("dcterms:conformsTo", "", Some("conformance"), &standard);
        let certifier = &claim.certifier;
        let name = Some("certifier");
        self.meta("a11y:certifiedBy", "conformance", name, &certifier.name);
        if let Some(credential) = &certifier.credential {
            self.meta("a11y:certifierCredential", "certifier", None, credential);
        }
        if let Some(report) = &certifier.report {
            self.0
                .open("link")
                .attr("rel", "a11y:certifierReport")
                .attr("refines", "#certifier")
                .attr("href", report)
                .close()
                .line();
        }
    }
}
