package dev.berth.kubernetes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.kubernetes.Hands;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** T11: a right that hangs on conditions is a right. */
class AccessReviewsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'allowed': true}                                                                                        | true
          {'allowed': false}                                                                                       | false
          {'allowed': false, 'conditionsChain': []}                                                                | false
          {'allowed': false, 'conditionsChain': [{'conditions': [{'id': 'a', 'effect': 'Allow'}]}]}                | true
          {'allowed': false, 'conditionsChain': [{'conditions': [{'id': 'a', 'effect': 'Deny'}]}]}                 | false
          {'allowed': false, 'conditionsChain': [{'conditions': [{'effect': 'Deny'}]}, {'allowed': true}]}         | true
          {'allowed': false, 'conditionsChain': [{'denied': true}, {'conditions': [{'effect': 'Allow'}]}]}         | false
          {'allowed': false, 'conditionsChain': [{'conditions': [{'effect': 'NoOpinion'}, {'effect': 'Allow'}]}]}  | true
          {}                                                                                                       | false
          """)
  void whatMayPassIsAllowed(String status, boolean allowed) {
    assertThat(AccessReviews.mayBeAllowed(Hands.json(status))).isEqualTo(allowed);
  }
}
