//! How DataFusion plans and calls the functions.

use crate::answer::{Question, ports, protos};
use datafusion_common::arrow::array::Array;
use datafusion_common::arrow::datatypes::DataType;
use datafusion_common::utils::take_function_args;
use datafusion_common::{Result, ScalarValue, plan_err};
use datafusion_expr::{ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility};
use std::sync::Arc;

#[derive(Debug, PartialEq, Eq, Hash)]
struct Function {
    question: Question,
    signature: Signature,
}

pub fn of(question: Question) -> ScalarUDF {
    // A signature of exact types would not do: everything can be cast to a word, so nothing is refused.
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
        Ok(DataType::Dictionary(Box::new(DataType::UInt16), Box::new(DataType::Utf8)))
    }

    fn coerce_types(&self, types: &[DataType]) -> Result<Vec<DataType>> {
        let name = self.name();
        let [port, protocol] = take_function_args(name, types)?;
        if !matches!(port, DataType::UInt16 | DataType::Null) {
            return plan_err!(
                "{name}: the port is {port}, expected UInt16, as in CAST(443 AS SMALLINT UNSIGNED)"
            );
        }
        let protocol = match protocol {
            DataType::Null => &DataType::UInt8,
            DataType::Dictionary(_, word) if is_protocol(word) => protocol,
            other if is_protocol(other) => other,
            other => {
                return plan_err!(
                    "{name}: the protocol is {other}, expected Utf8, as in 'tcp', or UInt8, as in CAST(6 AS TINYINT UNSIGNED)"
                );
            }
        };
        Ok(vec![DataType::UInt16, protocol.clone()])
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let [port, protocol] = take_function_args(self.name(), args.args)?;
        let constant = matches!((&port, &protocol), (ColumnarValue::Scalar(_), ColumnarValue::Scalar(_)));
        let rows = if constant { 1 } else { args.number_rows };
        let answers = self.question.answers(&read(&port, rows, ports)?, &read(&protocol, rows, protos)?)?;
        Ok(if constant {
            ColumnarValue::Scalar(ScalarValue::try_from_array(&answers, 0)?)
        } else {
            ColumnarValue::Array(Arc::new(answers))
        })
    }
}

/// The values of all rows, of which a scalar is read once.
fn read<T: Clone>(
    argument: &ColumnarValue,
    rows: usize,
    column: impl Fn(&dyn Array) -> Result<Vec<Option<T>>>,
) -> Result<Vec<Option<T>>> {
    Ok(match argument {
        ColumnarValue::Array(array) => column(array)?,
        ColumnarValue::Scalar(scalar) => {
            let value = column(&scalar.to_array()?)?.pop().flatten();
            vec![value; rows]
        }
    })
}

fn is_protocol(kind: &DataType) -> bool {
    matches!(kind, DataType::UInt8 | DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View)
}
