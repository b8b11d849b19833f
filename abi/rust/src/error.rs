use std::fmt;

/// Why a hook or a constructor gave up; the host shows the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The caller's arguments are wrong.
    Invalid(String),
    /// A legal request that this encoder does not serve, such as an odd head width.
    Unsupported(String),
    /// Anything else.
    Internal(String),
    /// The forward pass has failed before and the host knows why.
    Failed,
}

pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Invalid(message) | Error::Unsupported(message) | Error::Internal(message) => f.write_str(message),
            Error::Failed => f.write_str("the forward pass has failed before"),
        }
    }
}

impl std::error::Error for Error {}

impl From<&str> for Error {
    fn from(message: &str) -> Self {
        Error::Internal(message.to_owned())
    }
}

impl From<String> for Error {
    fn from(message: String) -> Self {
        Error::Internal(message)
    }
}
