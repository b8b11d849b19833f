use std::ffi::CStr;

use crate::raw::*;

/// An option that a suite may set, in [`Encoder::OPTIONS`](crate::Encoder::OPTIONS); made by [`real`] and its siblings.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    pub(crate) key: &'static str,
    pub(crate) help: &'static str,
    pub(crate) choices: Option<&'static str>,
    pub(crate) text: Option<&'static str>,
    pub(crate) initial: f64,
    pub(crate) min: f64,
    pub(crate) max: f64,
    pub(crate) kind: u32,
}

const fn setting(key: &'static str, help: &'static str, kind: u32, initial: f64, min: f64, max: f64) -> Setting {
    Setting { key, help, choices: None, text: None, initial, min, max, kind }
}

/// A whole number within [min, max].
pub const fn integer(key: &'static str, initial: i64, min: i64, max: i64, help: &'static str) -> Setting {
    setting(key, help, PEB_OPT_INT, initial as f64, min as f64, max as f64)
}

/// A real number within [min, max].
pub const fn real(key: &'static str, initial: f64, min: f64, max: f64, help: &'static str) -> Setting {
    setting(key, help, PEB_OPT_REAL, initial, min, max)
}

pub const fn boolean(key: &'static str, initial: bool, help: &'static str) -> Setting {
    setting(key, help, PEB_OPT_BOOL, if initial { 1.0 } else { 0.0 }, 0.0, 1.0)
}

/// One of words, "rotate|additive"; the first is the default.
pub const fn choice(key: &'static str, words: &'static str, help: &'static str) -> Setting {
    let bytes = words.as_bytes();
    let (mut last, mut i) = (0, 0);
    while i < bytes.len() {
        if bytes[i] == b'|' {
            last += 1;
        }
        i += 1;
    }
    let plain = setting(key, help, PEB_OPT_ENUM, 0.0, 0.0, last as f64);
    Setting { choices: Some(words), ..plain }
}

pub const fn text(key: &'static str, initial: &'static str, help: &'static str) -> Setting {
    let plain = setting(key, help, PEB_OPT_STRING, 0.0, 0.0, 0.0);
    Setting { text: Some(initial), ..plain }
}

/// A path that the host resolves against the suite; the content of the file becomes part of a trial's identity.
pub const fn file(key: &'static str, initial: &'static str, help: &'static str) -> Setting {
    let plain = setting(key, help, PEB_OPT_FILE, 0.0, 0.0, 0.0);
    Setting { text: Some(initial), ..plain }
}

/// What a suite set for the encoder's options. Every method panics for a key that is not declared with that kind: a
/// mistake in the plugin, not in the suite.
pub struct Values<'a> {
    settings: &'static [Setting],
    values: &'a [peb_value],
}

impl<'a> Values<'a> {
    pub(crate) fn new(settings: &'static [Setting], values: &'a [peb_value]) -> Self {
        Values { settings, values }
    }

    pub fn integer(&self, key: &str) -> i64 {
        self.find(key, &[PEB_OPT_INT]).num as i64
    }
    pub fn real(&self, key: &str) -> f64 {
        self.find(key, &[PEB_OPT_REAL]).num
    }
    pub fn boolean(&self, key: &str) -> bool {
        self.find(key, &[PEB_OPT_BOOL]).num != 0.0
    }
    /// The chosen word of a [`choice`].
    pub fn word(&self, key: &str) -> &'a str {
        self.string(key, &[PEB_OPT_ENUM])
    }
    /// The text of [`text`], the path of [`file`].
    pub fn text(&self, key: &str) -> &'a str {
        self.string(key, &[PEB_OPT_STRING, PEB_OPT_FILE])
    }

    fn string(&self, key: &str, kinds: &[u32]) -> &'a str {
        let value = self.find(key, kinds);
        assert!(!value.str.is_null(), "option '{key}' has no text");
        // SAFETY: the host's string lives during create(), and so does this object.
        unsafe { CStr::from_ptr(value.str) }.to_str().expect("UTF-8 from the host")
    }

    fn find(&self, key: &str, kinds: &[u32]) -> peb_value {
        let place = self.settings.iter().position(|setting| setting.key == key && kinds.contains(&setting.kind));
        self.values[place.unwrap_or_else(|| panic!("option '{key}' of that kind is not declared"))]
    }
}
