//! How DataFusion plans and calls the functions.

use crate::answer::{Answers, NAMES, STATUSES};
use crate::column::{Column, ports, protocols, service_ports};
use datafusion_common::arrow::array::ArrayRef;
use datafusion_common::arrow::datatypes::DataType;
use datafusion_common::{Result, ScalarValue, plan_err};
use datafusion_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use std::sync::Arc;

/// A function of ports or names on a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    ServiceName,
    PortStatus,
    ServiceFlow,
    ServicePort,
}

/// The meaning of an argument.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Argument {
    Port,
    Name,
    Protocol,
}

impl Question {
    /// The name of the function in SQL.
    fn name(self) -> &'static str {
        match self {
            Self::ServiceName => "service_name",
            Self::PortStatus => "port_status",
            Self::ServiceFlow => "service_flow",
            Self::ServicePort => "service_port",
        }
    }

    fn arguments(self) -> &'static [Argument] {
        use Argument::{Name, Port, Protocol};
        match self {
            Self::ServiceName | Self::PortStatus => &[Port, Protocol],
            Self::ServiceFlow => &[Port, Port, Protocol],
            Self::ServicePort => &[Name, Protocol],
        }
    }

    fn answer(self, arguments: &[ColumnarValue], rows: usize) -> Result<ArrayRef> {
        let port = |at: usize| Column::read(&arguments[at], ports);
        let protocol = Column::read(&arguments[arguments.len() - 1], protocols)?;
        let of = |answers: &Answers| answers.of(&port(0)?, &protocol, rows);
        match self {
            Self::ServiceName => of(&NAMES),
            Self::PortStatus => of(&STATUSES),
            Self::ServiceFlow => NAMES.of_flows([&port(0)?, &port(1)?], &protocol, rows),
            Self::ServicePort => Ok(Arc::new(service_ports(&arguments[0], &protocol, rows)?)),
        }
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Function {
    question: Question,
    signature: Signature,
}

pub fn of(question: Question) -> ScalarUDF {
    // A signature with exact types would accept everything, because DataFusion can cast any value to a word.
    let signature = Signature::user_defined(Volatility::Immutable);
    Function { question, signature }.into()
}

impl ScalarUDFImpl for Function {
    fn name(&self) -> &str {
        self.question.name()
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(match self.question {
            Question::ServicePort => DataType::UInt16,
            _ => DataType::Utf8View,
        })
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let (name, arguments) = (self.name(), self.question.arguments());
        if types.len() != arguments.len() {
            return plan_err!("{name} takes {} arguments, not {}", arguments.len(), types.len());
        }
        let pairs = arguments.iter().zip(types);
        pairs.map(|(argument, of)| argument.coerced(name, of)).collect()
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let (name, arguments) = (self.name(), self.question.arguments());
        if args.args.len() != arguments.len() {
            return plan_err!("{name} takes {} arguments, not {}", arguments.len(), args.args.len());
        }
        let is_constant = args.args.iter().all(|argument| matches!(argument, ColumnarValue::Scalar(_)));
        let rows = if is_constant { 1 } else { args.number_rows };
        let answers = self.question.answer(&args.args, rows)?;
        Ok(if is_constant {
            ColumnarValue::Scalar(ScalarValue::try_from_array(&answers, 0)?)
        } else {
            ColumnarValue::Array(answers)
        })
    }
}

impl Argument {
    /// The type to which an argument is converted: its own type, if the function supports that.
    fn coerced(self, function: &str, of: &DataType) -> Result<DataType> {
        let inner = if let DataType::Dictionary(_, values) = of { values } else { of };
        let is_word = matches!(inner, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View);
        match (self, of) {
            (Self::Port, DataType::Null) => Ok(DataType::UInt16),
            (Self::Protocol, DataType::Null) => Ok(DataType::UInt8),
            (Self::Name, DataType::Null) => Ok(DataType::Utf8),
            (Self::Port, _) if inner.is_integer() => Ok(of.clone()),
            (Self::Port, _) if inner.is_decimal() => Ok(DataType::Int64),
            (Self::Protocol, _) if is_word || inner.is_integer() => Ok(of.clone()),
            (Self::Name, _) if is_word => Ok(inner.clone()),
            (Self::Port, _) => plan_err!("{function}: the port is {of}, expected an integer, as in 443"),
            (Self::Protocol, _) => {
                plan_err!("{function}: the protocol is {of}, expected Utf8, as in 'tcp', or an integer, as in 6")
            }
            (Self::Name, _) => {
                plan_err!("{function}: the service name is {of}, expected Utf8, as in 'https'")
            }
        }
    }
}
