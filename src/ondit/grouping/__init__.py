"""All reports: shared passages and stories. Tables in, tables out; the only relational part."""
