"""A generated district: sample disclosures with a truth file, and the portal that publishes them."""
