#![cfg_attr(not(doctest), doc = include_str!("../README.md"))]
#![forbid(unsafe_code)]

mod answer;
mod column;
mod function;
#[cfg(feature = "table")]
mod table;

use datafusion_common::Result;
use datafusion_expr::ScalarUDF;
use datafusion_expr::registry::FunctionRegistry;
use function::Question;
use std::sync::Arc;
#[cfg(feature = "table")]
pub use table::{IanaPorts, table};

/// `service_name(port, protocol)`: the name of the primary record; see [`iana_ports::lookup_port`].
///
/// `port` is an integer of any type. `protocol` is the number in the IP header, also an integer of any type, or the
/// name of the protocol in any case, as Utf8. The result is null if there is no name, if an argument is null, if the
/// number is not a port, or if the protocol is not TCP, UDP, SCTP or DCCP.
///
/// ```
/// use datafusion_common::arrow::datatypes::Field;
/// use datafusion_common::{Result, ScalarValue};
/// use datafusion_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF};
/// use iana_ports_datafusion::{port_status, service_name};
///
/// /// As the engine asks for constants.
/// fn ask(function: &ScalarUDF, port: u16, protocol: &str) -> Result<String> {
///     let answer = function.invoke_with_args(ScalarFunctionArgs {
///         args: vec![ScalarValue::from(port).into(), ScalarValue::from(protocol).into()],
///         arg_fields: vec![],
///         number_rows: 1,
///         return_field: Field::new("answer", function.return_type(&[])?, true).into(),
///         config_options: Default::default(),
///     })?;
///     Ok(ScalarValue::try_from_array(&answer.into_array(1)?, 0)?.to_string())
/// }
///
/// # fn main() -> Result<()> {
/// assert_eq!(ask(&service_name(), 443, "TCP")?, "https");
/// assert_eq!(ask(&service_name(), 443, "dccp")?, "NULL");
/// assert_eq!(ask(&port_status(), 443, "dccp")?, "Reserved");
/// assert_eq!(ask(&port_status(), 443, "icmp")?, "NULL");
/// # Ok(()) }
/// ```
pub fn service_name() -> ScalarUDF {
    function::of(Question::ServiceName)
}

/// `port_status(port, protocol)`: `Assigned`, `Reserved`, `Unassigned` or `Dynamic`; see [`iana_ports::port_status`].
///
/// The arguments are those of [`service_name`], which has an example. The result is null if an argument is null, if the
/// number is not a port, or if the protocol is not TCP, UDP, SCTP or DCCP.
pub fn port_status() -> ScalarUDF {
    function::of(Question::PortStatus)
}

/// `service_flow(source_port, destination_port, protocol)`: the name of the end that serves; see
/// [`iana_ports::lookup_flow`].
///
/// The arguments are those of [`service_name`], which has an example. The result is null if neither port has a name.
pub fn service_flow() -> ScalarUDF {
    function::of(Question::ServiceFlow)
}

/// `service_port(name, protocol)`: the port of a service name in any case, as UInt16; see
/// [`iana_ports::Service::port`].
///
/// The protocol is that of [`service_name`], which has an example. The result is null if the name is not registered, or
/// has no port on this transport.
pub fn service_port() -> ScalarUDF {
    function::of(Question::ServicePort)
}

/// Registers all four functions. They replace other functions with these names.
///
/// # Errors
///
/// Fails if the registry does not accept functions.
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
    for function in [service_name(), port_status(), service_flow(), service_port()] {
        registry.register_udf(Arc::new(function))?;
    }
    Ok(())
}
