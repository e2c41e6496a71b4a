//! One declaration per table row: the struct, its column list and its two conversions cannot disagree.
//!
//! It knows nothing of relations, filters or order: each table module writes its own queries around it.

/// Declares a plain struct whose fields are the columns of a table, in the same words.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident in $table:literal key $key:ident {
            $( $(#[$field_meta:meta])* pub $field:ident: $type:ty, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Default)]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: $type, )*
        }

        impl $name {
            const FIELDS: &'static [&'static str] = &[$( stringify!($field) ),*];

            /// `SELECT` of every column from the table, to be followed by its own `WHERE`.
            #[allow(dead_code)]
            pub(crate) fn select() -> String {
                format!("SELECT {} FROM {}", Self::FIELDS.join(", "), $table)
            }

            /// The columns come first in what was selected, in their order.
            #[allow(dead_code)]
            pub(crate) fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
                let mut places = 0..;
                let mut place = || places.next().unwrap_or_default();
                Ok(Self { $( $field: row.get::<usize, _>(place())?, )* })
            }

            #[allow(dead_code)]
            fn insert_row(&self, conn: &rusqlite::Connection) -> rusqlite::Result<usize> {
                static SQL: std::sync::LazyLock<String> =
                    std::sync::LazyLock::new(|| $name::inserting(&[]));
                conn.prepare_cached(&SQL)?.execute(&self.values()[..])
            }

            /// Inserts the row as made by this batch.
            #[allow(dead_code)]
            fn insert_row_in(
                &self,
                conn: &rusqlite::Connection,
                batch: &str,
            ) -> rusqlite::Result<usize> {
                static SQL: std::sync::LazyLock<String> =
                    std::sync::LazyLock::new(|| $name::inserting(&["batch_id"]));
                let values = self.values();
                let batch = [&batch as &dyn rusqlite::ToSql];
                conn.prepare_cached(&SQL)?
                    .execute(rusqlite::params_from_iter(values.iter().chain(&batch)))
            }

            /// Updates the columns that differ from the old row. The others are not even named: their indexes and
            /// references are left alone, and the full-text index need not write out what it holds back.
            #[allow(dead_code)]
            fn change_row(
                &self,
                old: &Self,
                key: &str,
                conn: &rusqlite::Connection,
            ) -> rusqlite::Result<usize> {
                let mut changes: Vec<&str> = Vec::new();
                let mut values: Vec<&dyn rusqlite::ToSql> = Vec::new();
                $( if self.$field != old.$field {
                    changes.push(concat!(stringify!($field), " = ?"));
                    values.push(&self.$field);
                } )*
                let sql = format!(
                    "UPDATE {} SET {} WHERE {} = ?", $table, changes.join(", "), stringify!($key),
                );
                values.push(&key);
                conn.prepare_cached(&sql)?.execute(&values[..])
            }

            /// Inserts, or updates every other column of the row with the same key.
            #[allow(dead_code)]
            fn upsert_row(&self, conn: &rusqlite::Connection) -> rusqlite::Result<usize> {
                static SQL: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| {
                    let changes: Vec<String> = $name::FIELDS
                        .iter()
                        .filter(|field| **field != stringify!($key))
                        .map(|field| format!("{field} = excluded.{field}"))
                        .collect();
                    format!(
                        "{} ON CONFLICT ({}) DO UPDATE SET {}",
                        $name::inserting(&[]), stringify!($key), changes.join(", "),
                    )
                });
                conn.prepare_cached(&SQL)?.execute(&self.values()[..])
            }

            #[allow(dead_code)]
            fn inserting(more: &[&str]) -> String {
                let columns = [Self::FIELDS, more].concat();
                format!(
                    "INSERT INTO {} ({}) VALUES ({})",
                    $table, columns.join(", "), vec!["?"; columns.len()].join(", "),
                )
            }

            /// In the order of the columns.
            #[allow(dead_code)]
            fn values(&self) -> [&dyn rusqlite::ToSql; [$( stringify!($field) ),*].len()] {
                [$( &self.$field as &dyn rusqlite::ToSql ),*]
            }
        }
    };
}

pub(crate) use record;
