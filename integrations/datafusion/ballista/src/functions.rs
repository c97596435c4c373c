//! The functions that all processes of a cluster register.

use datafusion::error::Result;
use datafusion::execution::{SessionState, SessionStateBuilder};
use datafusion::prelude::SessionConfig;

/// A state with DataFusion's functions and those of the registry.
pub fn state(config: SessionConfig) -> Result<SessionState> {
    let mut state = SessionStateBuilder::new().with_config(config).with_default_features().build();
    iana_ports_datafusion::register(&mut state)?;
    Ok(state)
}
