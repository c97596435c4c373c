#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
#![forbid(unsafe_code)]

mod answer;
mod function;

use answer::Question;
use datafusion_common::Result;
use datafusion_expr::ScalarUDF;
use datafusion_expr::registry::FunctionRegistry;
use std::sync::Arc;

/// `service_name(port, protocol)`: the name of the primary record, as [`iana_ports::lookup_port`] gives it.
///
/// Null where there is none, where an argument is null, and where the protocol is none of TCP, UDP, SCTP
/// and DCCP.
///
/// ```
/// assert_eq!(iana_ports_datafusion::service_name().name(), "service_name");
/// ```
pub fn service_name() -> ScalarUDF {
    function::of(Question::ServiceName)
}

/// `port_status(port, protocol)`: `Assigned`, `Reserved`, `Unassigned` or `Dynamic`, as
/// [`iana_ports::port_status`] gives it.
///
/// Null where an argument is null, and where the protocol is none of TCP, UDP, SCTP and DCCP.
///
/// ```
/// assert_eq!(iana_ports_datafusion::port_status().name(), "port_status");
/// ```
pub fn port_status() -> ScalarUDF {
    function::of(Question::PortStatus)
}

/// Registers both functions, in place of any others of their names.
///
/// # Errors
///
/// If the registry takes no functions.
///
/// ```
/// use datafusion_expr::registry::{FunctionRegistry, MemoryFunctionRegistry};
///
/// let mut registry = MemoryFunctionRegistry::new(); // or a SessionContext
/// iana_ports_datafusion::register(&mut registry).unwrap();
/// assert!(registry.udf("service_name").is_ok());
/// assert!(registry.udf("service_nam").is_err());
/// ```
pub fn register(registry: &mut dyn FunctionRegistry) -> Result<()> {
    registry.register_udf(Arc::new(service_name()))?;
    registry.register_udf(Arc::new(port_status()))?;
    Ok(())
}
